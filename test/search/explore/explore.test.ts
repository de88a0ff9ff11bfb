import { describe, expect, test } from 'vitest';
import {
  deriveKernel,
  kernels,
  runScenario,
  v4_0,
  v4_19,
  watchScenario,
  type Kernel,
  type Scenario,
} from '../../../model/index.ts';
import { eventualProperties, isAskedOf, judge, properties, type Property } from '../../../properties/index.ts';
import { explorationText } from '../../../report/explore/text.ts';
import { explorablePropertiesOf, explore } from '../../../search/explore/explore.ts';
import { exploreExitCode, type Exploration } from '../../../search/explore/result.ts';
import { smallScope, tinyScope } from './scopes.ts';

const all = (kernel: Kernel): readonly Property[] => properties.filter((one) => isAskedOf(one, kernel));

const resultOf = ({ properties: results }: Exploration, id: string) =>
  results.find(({ property }) => property.id === id)!;

describe('exploring a kernel that is specified', () => {
  test.each(Object.keys(kernels))(
    'finds in %s what its verdicts say, in every state of a small scope',
    async (name) => {
      const exploration = await explore({
        kernel: kernels[name]!,
        scope: smallScope(),
        properties: all(kernels[name]!),
      });
      const unexpected = exploration.properties.filter(({ outcome }) => outcome === 'counterexample');
      expect(unexpected.map(({ property }) => property.id)).toEqual([]);
      expect(exploration.properties.filter(({ outcome }) => outcome === 'holds').length).toBeGreaterThan(8);
      expect(exploreExitCode(exploration)).toBe(0);
    },
  );

  test('judges the properties that speak of steps, and says on how many', async () => {
    const exploration = await explore({ kernel: v4_0, scope: tinyScope(), properties: all(v4_0) });
    expect(exploration.properties.map(({ property }) => property)).toEqual(
      explorablePropertiesOf(v4_0, tinyScope(), properties),
    );
    const { judged, labels, outcome } = resultOf(exploration, 'sleep-only-when-balanced');
    expect(outcome).toBe('holds');
    expect(labels.map(({ label }) => label)).toEqual(['sleep', 'sleep at a high order', 'sleep refused']);
    const [sleeps, high, refused] = labels.map(({ cases }) => cases);
    expect(sleeps).toBeGreaterThan(0);
    expect(high).toBe(0);
    expect(judged).toBe(sleeps! + refused!);
    expect(exploration.steps).toBeGreaterThan(exploration.counts.transitions);
  });

  test('says of a property that no step is of its kind', async () => {
    const exploration = await explore({ kernel: v4_0, scope: tinyScope(), properties: all(v4_0) });
    expect(resultOf(exploration, 'compaction-merges-blocks')).toMatchObject({ outcome: 'not judged', judged: 0 });
  });

  test('shows a known failure by the scenario of a shortest way', async () => {
    const scope = tinyScope({ events: { freeze: true, stop: true } });
    const exploration = await explore({ kernel: v4_0, scope, properties: all(v4_0) });
    const { outcome, property, counterexample } = resultOf(exploration, 'a-stop-does-not-wait-for-the-thaw');
    expect(outcome).toBe('known failure');
    expect(judge(property, v4_0, counterexample!.given)).toEqual(counterexample!.failure);
    const { script } = counterexample!.given as Scenario;
    const events = script.reduce((sum, turn) => sum + (turn.events?.length ?? 0), 0);
    expect(counterexample!.moves).toBe(script.length + events);
  });
});

describe('the questions about every state', () => {
  const questions = properties.filter(({ over }) => over === 'question');

  test('are asked of each memory once, and fail where they are known to', async () => {
    const exploration = await explore({ kernel: v4_0, scope: smallScope(), properties: questions });
    const { outcome, judged, counterexample, property } = resultOf(exploration, 'freeing-a-page-never-unbalances');
    expect(outcome).toBe('known failure');
    expect(judged).toBeGreaterThan(100);
    expect(judge(property, v4_0, counterexample!.given)).toEqual(counterexample!.failure);
  });

  test('find a rule that is wrong at the edge', async () => {
    const lenient = deriveKernel(v4_0, {
      name: 'lenient',
      zoneReclaimable: (k, system, zone) => zone.pagesScanned <= k.zoneReclaimablePages(k, system, zone) * 6,
    });
    const exploration = await explore({ kernel: lenient, scope: tinyScope(), properties: questions });
    const { outcome, counterexample } = resultOf(exploration, 'reclaimable-is-six-times');
    expect(outcome).toBe('counterexample');
    expect(counterexample!.failure.clause).toContain('were scanned of');
    expect(exploreExitCode(exploration)).toBe(1);
  });
});

describe('exploring a kernel of one’s own', () => {
  const hasty = deriveKernel(v4_0, {
    name: 'hasty',
    prepareKswapdSleep: (_k, machine) => ({ sleep: true, machine, records: [] }),
  });

  test('finds what breaks, and exits with 1', async () => {
    const exploration = await explore({ kernel: hasty, scope: tinyScope(), properties: all(hasty) });
    const { outcome, failing, counterexample } = resultOf(exploration, 'sleep-only-when-balanced');
    expect(outcome).toBe('counterexample');
    expect(failing).toBeGreaterThan(1);
    expect(counterexample!.failure.clause).toContain('the node is not balanced');
    expect(counterexample!.moves).toBeLessThan(6);
    expect(exploreExitCode(exploration)).toBe(1);
  });
});

const { coverage, witnessOf } = await explore({ kernel: v4_0, scope: tinyScope(), properties: [] });

describe('what happens, and what never does', () => {
  const happening = (list: keyof typeof coverage, name: string) => coverage[list].find((one) => one.name === name);

  test('is counted for every way of kswapd, with the length of a shortest one', () => {
    expect(happening('ways', 'checkRequest to kswapdTryToSleep')).toMatchObject({ moves: 0 });
    expect(happening('ways', 'sleep to takeRequest')!.times).toBeGreaterThan(0);
    expect(happening('ways', 'endRound to compact')).toEqual({ name: 'endRound to compact', times: 0 });
  });

  test('is counted for the records of a tracer', () => {
    expect(happening('records', 'wake')!.moves).toBeGreaterThan(0);
    expect(happening('records', 'sleep')!.times).toBeGreaterThan(0);
  });

  test('is counted for the answers of rules', () => {
    expect(happening('answers', 'zoneReclaimable: no')!.times).toBeGreaterThan(0);
    expect(happening('rules', 'zoneReclaimable')!.times).toBeGreaterThan(
      happening('answers', 'zoneReclaimable: no')!.times,
    );
    expect(happening('rules', 'compactionSuitable')).toEqual({ name: 'compactionSuitable', times: 0 });
  });

  test('is counted for what rules are told by those that they ask', () => {
    const told = happening('clauses', 'pgdatBalanced > zoneBalanced: no')!;
    expect(told.times).toBeGreaterThan(0);
    expect(told.times).toBeLessThan(happening('answers', 'zoneBalanced: no')!.times);
    expect(happening('clauses', 'zoneBalanced > compactionSuitable')).toMatchObject({ times: 0 });
  });

  test('is counted for the comparison by which a rule decides', () => {
    expect(happening('clauses', '__zoneWatermarkOk: no by mark')!.times).toBeGreaterThan(0);
    expect(happening('clauses', '__zoneWatermarkOk: no by reserve')).toMatchObject({ times: 0 });
    expect(happening('clauses', 'pgdatBalanced: no by quarter')).toMatchObject({ times: 0 });
    expect(happening('clauses', 'pgdatBalanced: no at order 0')!.times).toBe(
      happening('answers', 'pgdatBalanced: no')!.times,
    );
  });
});

describe('a shortest way to what can happen', () => {
  const { ways, records, answers, clauses } = coverage;
  const witness = (name: string) => {
    const found = witnessOf(name)!;
    expect(found.moves).toBe([...ways, ...records, ...answers, ...clauses].find((one) => one.name === name)!.moves);
    return found.given as Scenario;
  };

  test('to a way of kswapd goes that way', () => {
    const { steps } = watchScenario(v4_0, witness('sleep to takeRequest'));
    expect(steps.some(({ at, after }) => at === 'sleep' && after.thread.at === 'takeRequest')).toBe(true);
  });

  test('to a record leaves it in the trace', () => {
    expect(runScenario(v4_0, witness('wake')).trace.some(({ ev }) => ev === 'wake')).toBe(true);
  });

  test('to an answer has a rule give it', () => {
    const said: boolean[] = [];
    const listening = deriveKernel(v4_0, {
      name: 'listening',
      zoneReclaimable: (k, system, zone) => {
        said.push(v4_0.zoneReclaimable(k, system, zone));
        return said.at(-1)!;
      },
    });
    runScenario(listening, witness('zoneReclaimable: no'));
    expect(said).toContain(false);
  });

  test('is none to what never happens', () => {
    expect(witnessOf('endRound to compact')).toBeUndefined();
  });
});

describe('an exploration that is cut off', () => {
  test('only where its graph would begin says so, and looks for nothing that is owed in the end', async () => {
    const plan = { kernel: v4_0, scope: tinyScope(), properties: [], eventually: eventualProperties };
    const { bytes } = await explore(plan);
    const exploration = await explore({ ...plan, memory: bytes + 150_000 });
    expect(exploration.eventually).toEqual([]);
    expect(exploration.noRoomFor).toBeGreaterThan(150_000);
    expect(explorationText(exploration, false)).toMatch(/owed in the end was not looked for: it takes \d+ MiB/);
  });

  test('by its time does too', async () => {
    const exploration = await explore({ kernel: v4_19, scope: smallScope(), properties: [], time: 1e-3 });
    expect(exploration).toMatchObject({ cutOff: 'time' });
    expect(exploration.counts.queue).toBeGreaterThan(0);
    expect(exploreExitCode(exploration)).toBe(5);
  });
});
