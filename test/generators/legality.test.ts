import { describe, expect, test } from 'vitest';
import { arbitraryQuestion, arbitraryScenario, illegalities, isLegalScenarioNode } from '../../generators/index.ts';
import { nodeSchema, systemSchema } from '../../kernel/schema/node.ts';
import { scenarioSchema } from '../../kernel/schema/scenario.ts';
import { describeNode, runScenario, v4_0, type ScenarioNode, type ScenarioZone } from '../../model/index.ts';
import { sampleOf } from './share.ts';

const scenarios = sampleOf(arbitraryScenario(), 1500);
const questions = sampleOf(arbitraryQuestion(), 3000);

describe('every drawn state', () => {
  test('is legal', () => {
    const nodes = [...scenarios, ...questions].map(({ node }) => node);
    expect(nodes.flatMap((node) => illegalities(node))).toEqual([]);
  });

  test('is accepted by the validator of scenarios', () => {
    for (const scenario of scenarios) expect(scenarioSchema.parse(scenario)).toEqual(scenario);
    for (const { node, system } of questions) {
      expect(nodeSchema.parse(node)).toEqual(node);
      expect(systemSchema.parse(system)).toEqual(system);
    }
  });

  test('stays legal through the run, since a script frees nothing that was not in use', () => {
    const found: string[] = [];
    for (const scenario of scenarios.slice(0, 300)) {
      runScenario(v4_0, scenario, ({ kind, after }) => {
        if (kind === 'resume') found.push(...usesMore(describeNode(after.node)));
      });
    }
    expect(found).toEqual([]);
  });

  test('asks only for zones, orders and marks that there are', () => {
    for (const { node, args } of questions) {
      expect(args.zone).toBeLessThan(node.zones.length);
      expect(args.zoneIdx).toBeLessThan(node.zones.length);
      expect(args.order).toBeLessThanOrEqual(10);
      expect(Math.min(args.mark, args.balanceGap, args.order)).toBeGreaterThanOrEqual(0);
    }
  });
});

const usesMore = (node: ScenarioNode): readonly string[] =>
  illegalities(node).filter((reason) => reason.includes('evictable'));

const ZONE: ScenarioZone = {
  name: 'Normal',
  present: 1000,
  managed: 900,
  watermark: { min: 10, low: 12, high: 15 },
  boost: 0,
  lowmemReserve: [0, 30],
  free: { movable: [100, 0, 10] },
  reservedHighatomic: 0,
  vmstatDrift: 0,
  percpuDriftMark: 0,
  lru: { inactiveAnon: 100, activeAnon: 100, inactiveFile: 100, activeFile: 100 },
  pagesScanned: 0,
  flags: [],
};
const MOVABLE: ScenarioZone = {
  ...ZONE,
  name: 'Movable',
  lowmemReserve: [0, 0],
};

const nodeOf = (change: Partial<ScenarioZone>, upper: Partial<ScenarioZone> = {}, zoneIdx = 1): ScenarioNode => ({
  id: 0,
  zones: [
    { ...ZONE, ...change },
    { ...MOVABLE, ...upper },
  ],
  kswapd: { order: 0, zoneIdx, failures: 0 },
});

const NO_USE: Partial<ScenarioZone> = {
  free: {},
  lru: { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0 },
};
const EMPTY: Partial<ScenarioZone> = { present: 0, managed: 0, ...NO_USE };

describe('a node', () => {
  test('is legal when its zones are', () => {
    expect(illegalities(nodeOf({}))).toEqual([]);
    expect(isLegalScenarioNode(nodeOf({}))).toBe(true);
  });

  test.each([
    ['manages more pages than are present', nodeOf({ managed: 1001 })],
    ['has marks that do not ascend', nodeOf({ watermark: { min: 10, low: 9, high: 15 } })],
    ['has a drift mark without pages', nodeOf({}, { ...EMPTY, percpuDriftMark: 5 }, 0)],
    ['has too few reserves', nodeOf({ lowmemReserve: [0] })],
    ['keeps a reserve from its own requests', nodeOf({ lowmemReserve: [1, 30] })],
    ['keeps a reserve from lower requests', nodeOf({}, { lowmemReserve: [1, 0] })],
    ['has more free and evictable pages than it manages', nodeOf({ free: { movable: [461, 0, 10] } })],
    ['has free pages without memory', nodeOf({}, { ...EMPTY, free: { cma: [1] } }, 0)],
    ['was scanned without memory', nodeOf({}, { ...EMPTY, pagesScanned: 1 }, 0)],
    ['has a counter that is off by more than its marks allow for', nodeOf({ vmstatDrift: -3 })],
    ['has a counter above what it manages', nodeOf({ ...NO_USE, free: { movable: [899] }, vmstatDrift: 2 })],
    ['has both HighMem and Movable pages', nodeOf({ name: 'HighMem' })],
    ['has no pages at all', nodeOf(EMPTY, EMPTY, 0)],
    ['has a request pending above its highest populated zone', nodeOf({}, EMPTY, 1)],
  ])('is illegal when it %s', (_, node) => {
    expect(illegalities(node)).toHaveLength(1);
    expect(isLegalScenarioNode(node)).toBe(false);
  });
});
