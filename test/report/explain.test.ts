import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRealMachine } from '../../kernel/zoneinfo/realMachine.ts';
import { giveBlocks, makeNode, makeZone, takeBlocks, v4_0, withZone } from '../../model/index.ts';
import type { Node, System, Zone } from '../../model/index.ts';
import { watermarkBar } from '../../report/explain/bar.ts';
import { balancedClauses, compactionClause, populatedClause, reclaimableClause } from '../../report/explain/clauses.ts';
import { explain, type Explanation } from '../../report/explain/explain.ts';
import { explainNode, type NodeAnswer } from '../../report/explain/explainNode.ts';
import { explanationJson } from '../../report/explain/json.ts';
import { leastCount } from '../../report/explain/leastCount.ts';
import { answerSentence, changeSentence } from '../../report/explain/sentence.ts';
import { explanationLines } from '../../report/explain/text.ts';
import { machineOf, wholeSample } from '../kernel/zoneinfo/samples.ts';

const PROPERTY = { numRuns: 2000, seed: 20150412 };

const small = (max: number) => fc.integer({ min: 0, max });
interface Drawn extends Pick<Zone, 'present' | 'vmstatDrift' | 'percpuDriftMark' | 'pagesScanned'> {
  readonly marks: readonly number[];
  readonly movable: readonly number[];
  readonly cma: readonly number[];
  readonly anon: number;
  readonly file: number;
}

function zoneOf({ marks, movable, cma, anon, file, ...rest }: Drawn): Zone {
  const [min, low, high] = marks.toSorted((a, b) => a - b);
  return makeZone({
    ...rest,
    name: 'Normal',
    managed: rest.present,
    watermark: { min: min!, low: low!, high: high! },
    boost: 0,
    lowmemReserve: [0, 7, 9],
    free: { movable, cma },
    reservedHighatomic: 0,
    lru: { inactiveAnon: anon, activeAnon: 0, inactiveFile: 0, activeFile: file },
    flags: [],
  });
}

/** Numbers so small that free memory, marks and the 6x limit often meet. */
const arbitraryZone: fc.Arbitrary<Zone> = fc
  .record({
    present: fc.constantFrom(0, 40, 60, 100, 400),
    marks: fc.array(small(24), { minLength: 3, maxLength: 3 }),
    movable: fc.array(small(5), { maxLength: 6 }),
    cma: fc.array(small(2), { maxLength: 4 }),
    vmstatDrift: fc.integer({ min: -6, max: 6 }),
    percpuDriftMark: fc.constantFrom(0, 0, 20, 60),
    anon: small(2),
    file: small(3),
    pagesScanned: small(25),
  })
  .map(zoneOf);

const arbitrarySystem: fc.Arbitrary<System> = fc.record({
  swapPages: small(1),
  bufferHeadsOverLimit: fc.constant(false),
  compaction: fc.boolean(),
  cma: fc.boolean(),
  extfragThreshold: fc.constantFrom(0, 300, 500, 1000),
  laptopMode: fc.constant(false),
});

const arbitraryOrder = fc.constantFrom(0, 0, 1, 2, 3, 5);

const arbitraryNode: fc.Arbitrary<Node> = fc
  .tuple(arbitraryZone, arbitraryZone, arbitraryZone)
  .map((zones) => ({ id: 0, zones, kswapd: { order: 0, zoneIdx: 2, failures: 0 }, dirtyOk: true }));

describe('clauses', () => {
  test('their conjunction is zone_balanced', () => {
    const property = fc.property(
      arbitrarySystem,
      arbitraryZone,
      arbitraryOrder,
      small(2),
      (system, zone, order, idx) => {
        const holds = balancedClauses(v4_0, system, zone, order, idx).every((clause) => clause.holds);
        expect(holds).toBe(v4_0.zoneBalanced(v4_0, system, zone, order, 0, idx));
      },
    );
    fc.assert(property, PROPERTY);
  });

  test('populated, reclaimable and compaction agree with their rules', () => {
    const property = fc.property(arbitrarySystem, arbitraryZone, arbitraryOrder, (system, zone, order) => {
      expect(populatedClause(zone).holds).toBe(zone.present > 0);
      expect(reclaimableClause(v4_0, system, zone).holds).toBe(v4_0.zoneReclaimable(v4_0, system, zone));
      const compaction = compactionClause(v4_0, system, zone, order, 0);
      expect(compaction.holds).toBe(compaction.left.value !== 'COMPACT_SKIPPED');
    });
    fc.assert(property, PROPERTY);
  });

  test('the zones’ verdicts and the sum of a high order add up to pgdat_balanced', () => {
    const property = fc.property(
      arbitrarySystem,
      arbitraryNode,
      arbitraryOrder,
      small(2),
      (system, node, order, idx) => {
        const { zones, share, sleeps } = explainNode(v4_0, system, node, order, idx);
        for (const { verdict, clauses } of zones) {
          const [populated, reclaimable, ...rest] = clauses.map(({ holds }) => holds);
          const counted = populated === true && (reclaimable === false || rest.every(Boolean));
          expect(verdict === 'unpopulated' || counted === (verdict !== 'unbalanced')).toBe(true);
        }
        expect(sleeps).toBe(share?.holds ?? zones.every(({ verdict }) => verdict !== 'unbalanced'));
      },
    );
    fc.assert(property, PROPERTY);
  });
});

describe('the least change', () => {
  test('a binary search finds the first yes', () => {
    expect(leastCount(1000, (n) => n >= 321)).toBe(321);
    expect(leastCount(1000, () => true)).toBe(1);
    expect(leastCount(1000, () => false)).toBeUndefined();
    expect(leastCount(0, () => true)).toBeUndefined();
  });

  test('of order 0 turns the answer, and one page less does not', () => {
    const property = fc.property(arbitrarySystem, arbitraryNode, (system, node) => {
      const { sleeps, change } = explainNode(v4_0, system, node, 0, 2);
      if (change === undefined) {
        expect(sleeps).toBe(true);
        return;
      }
      const after = (less: number): boolean => {
        const changed = change.pages.zones.reduce((now, { index, pages }) => {
          const zone = now.zones[index]!;
          return withZone(now, index, withPages(zone, sleeps ? less - pages : pages - less));
        }, node);
        return v4_0.pgdatBalanced(v4_0, system, changed, 0, 2);
      };
      expect(after(0)).toBe(!sleeps);
      expect(after(1)).toBe(sleeps);
    });
    fc.assert(property, PROPERTY);
  });

  test('of an awake node always exists, and is never more than as many blocks of the order', () => {
    const property = fc.property(arbitrarySystem, arbitraryNode, arbitraryOrder, (system, node, order) => {
      const { sleeps, change } = explainNode(v4_0, system, node, order, 2);
      if (sleeps) return;
      expect(change!.pages.pages).toBeGreaterThan(0);
      expect(change!.pages.pages).toBeLessThanOrEqual(change!.blocks!.pages);
      expect(change!.blocks!.zones.every(({ blocks }) => blocks[0]!.order === order)).toBe(true);
    });
    fc.assert(property, PROPERTY);
  });

  test('of a high order is the least of all mixtures of blocks', () => {
    const one = arbitraryZone.map((zone): Node => {
      return {
        id: 0,
        zones: [{ ...zone, vmstatDrift: 0 }],
        kswapd: { order: 0, zoneIdx: 0, failures: 0 },
        dirtyOk: true,
      };
    });
    const property = fc.property(arbitrarySystem, one, (system, node) => {
      const { sleeps, change } = explainNode(v4_0, system, node, 2, 0);
      if (sleeps || change!.pages.pages > 40) return;
      expect(change!.pages.pages).toBe(leastMixture(system, node));
    });
    fc.assert(property, { ...PROPERTY, numRuns: 500 });
  });

  /** By trying all mixtures of blocks of order 0 to 2 that hold up to 40 pages. */
  function leastMixture(system: System, node: Node): number {
    const zone = { ...node.zones[0]!, pagesScanned: 0 };
    let least = Infinity;
    for (let two = 0; two <= 10; two++) {
      for (let one = 0; one <= 20; one++) {
        for (let none = 0; none <= 40; none++) {
          const pages = 4 * two + 2 * one + none;
          if (pages >= least || pages > 40) continue;
          const freeArea = giveBlocks(giveBlocks(giveBlocks(zone.freeArea, 2, two), 1, one), 0, none);
          if (v4_0.pgdatBalanced(v4_0, system, withZone(node, 0, { ...zone, freeArea }), 2, 0)) least = pages;
        }
      }
    }
    return least;
  }
});

/** The zone with more free pages, or fewer: the order-0 rules look at nothing but their number. */
function withPages(zone: Zone, more: number): Zone {
  const { freeArea } = zone;
  if (more > 0) return { ...zone, freeArea: giveBlocks(freeArea, 0, more), pagesScanned: 0 };
  return { ...zone, freeArea: takeBlocks(freeArea, 0, -more).area };
}

describe('the answer', () => {
  const answerOf = ({ nodes }: Explanation, i = 0): NodeAnswer => nodes[i]!.answer;
  const asked = (name: string, order: number): Explanation => explain(v4_0, machineOf(name), { order }, name);

  test('names the zone and the clause that keep kswapd awake, and the pages that would let it sleep', () => {
    const answer = answerOf(asked('constructed-v4.0', 0));
    expect(answerSentence(answer)).toBe(
      'kswapd0 would stay awake, asked for order 0 up to zone Normal: zone Normal fails the watermark: ' +
        '12511 pages (free) are not above 15822 (high mark).',
    );
    expect(changeSentence(answer)).toBe('Least change: freeing 3312 pages in zone Normal would let it sleep.');
    const node = makeNode(machineOf('constructed-v4.0').nodes[0]!);
    const system = machineOf('constructed-v4.0').system;
    const after = (pages: number) => withZone(node, 2, withPages(node.zones[2]!, pages));
    expect(v4_0.pgdatBalanced(v4_0, system, after(3311), 0, 2)).toBe(false);
    expect(v4_0.pgdatBalanced(v4_0, system, after(3312), 0, 2)).toBe(true);
  });

  test('of a machine at rest says what would wake it', () => {
    const answer = answerOf(asked('v6.18-24g', 0));
    expect(answer.sleeps).toBe(true);
    // Free 2086355, high mark 21544: awake once no more than the mark is left.
    expect(changeSentence(answer)).toBe(
      `Least change: allocating ${2086355 - 21544} pages from zone Normal would keep it awake.`,
    );
  });

  test('of a high order gives the quarter and the blocks', () => {
    const explanation = explain(v4_0, readRealMachine(wholeSample('v6.1-384m')), { order: 9 }, 'x');
    const { share, sleeps, change } = answerOf(explanation);
    expect(sleeps).toBe(false);
    expect(share).toEqual({ balancedPages: 0, managedPages: 87745, needed: 21936, holds: false });
    expect(change!.blocks!.zones).toEqual([{ index: 1, name: 'DMA32', pages: 512, blocks: [{ order: 9, count: 1 }] }]);
    expect(answerSentence(answerOf(explanation))).toContain('balanced zones hold 0 of 87745 managed pages');
  });

  test('subtracts free CMA pages where the rule does', () => {
    const [, dma32] = answerOf(asked('constructed-v4.10-two-nodes', 0)).zones;
    expect(dma32!.clauses.at(-1)!.left).toEqual({ value: 1950, what: '2950 free − 1000 of CMA' });
  });

  test('says whether an assumption matters', () => {
    const [node] = asked('v6.1-384m', 3).nodes;
    expect(node!.whatIfs).toEqual([
      { assumption: 'swapPages', instead: 'without free swap', sleeps: false },
      { assumption: 'free', instead: 'with free memory in blocks as large as can be', sleeps: true },
    ]);
  });

  test('can be had of one node and of a lower zone', () => {
    const machine = machineOf('constructed-v4.10-two-nodes');
    const one = explain(v4_0, machine, { order: 0, node: 1 }, 'x');
    expect(one.nodes.map(({ answer }) => answer.id)).toEqual([1]);
    expect(one.assumed.every(({ node }) => node === undefined || node === 1)).toBe(true);
    expect(answerOf(explain(v4_0, machine, { order: 0, zone: 'dma' }, 'x')).zones).toHaveLength(1);
    expect(() => explain(v4_0, machine, { order: 0, node: 7 }, 'x')).toThrow('expected: one of 0, 1');
    expect(() => explain(v4_0, machine, { order: 0, zone: 'HighMem' }, 'x')).toThrow('DMA, DMA32, Normal, Movable');
  });

  test('as text is a table with bars and a line a clause, and is colored only if asked', async () => {
    const text = explanationLines(asked('constructed-v4.0', 0), false).join('\n');
    expect(text).not.toContain('\u001B');
    expect(explanationLines(asked('constructed-v4.0', 0), true).join('\n')).toContain('\u001B[');
    await expect(`${text}\n`).toMatchFileSnapshot('../data/explain/v4.0.txt');
  });

  test('as JSON holds the same', () => {
    const json = JSON.parse(JSON.stringify(explanationJson(asked('constructed-v4.0', 0))));
    expect(json).toMatchObject({
      kernel: 'v4.0',
      order: 0,
      nodes: [
        { id: 0, zone: 'Normal', sleeps: false, share: null, change: { pages: { action: 'free', pages: 3312 } } },
      ],
    });
    expect(json.nodes[0].zones[2].clauses[2]).toMatchObject({ id: 'watermark', holds: false, left: { value: 12511 } });
  });

  test('draws marks where they are', () => {
    const watermark = { min: 6, low: 12, high: 24 };
    expect(watermarkBar({ watermark }, 16)).toEqual({ cells: '██████m█████l███········h·······', level: 'low' });
    expect(watermarkBar({ watermark }, 99)).toMatchObject({ level: 'high' });
    expect(watermarkBar({ watermark: { min: 0, low: 0, high: 0 } }, 0).level).toBe('below');
  });
});
