import { describe, expect, test } from 'vitest';
import { deriveKernel, kernels, runWhole, v4_0, v4_19, type WholeScenario } from '../../../../model/index.ts';
import { judge, machineEventualProperties, properties } from '../../../../properties/index.ts';
import { renderLasso } from '../../../../report/explore/lasso.ts';
import { explorationText } from '../../../../report/explore/text.ts';
import { explore } from '../../../../search/explore/explore.ts';
import { Helper } from '../../../../search/explore/helper.ts';
import type { ErrandResult, Helpers } from '../../../../search/explore/helpers.ts';
import { unrolled, type WholeLasso } from '../../../../search/explore/liveness/lasso.ts';
import { wholeSystem } from '../../../../search/explore/whole/system.ts';
import { tinyNode, tinyWhole } from './scopes.ts';

const scope = tinyWhole();
const plan = { kernel: v4_19, scope, properties, eventually: machineEventualProperties };
const alone = await explore(plan);

describe('exploring a whole machine', () => {
  test.each(Object.keys(kernels))('finds in %s what its verdicts say', async (name) => {
    const kernel = kernels[name]!;
    const found = name === 'v4.19' ? alone : await explore({ ...plan, kernel });
    const outcomes = [...found.properties, ...found.eventually];
    const unexpected = outcomes.filter(({ outcome }) => outcome === 'counterexample');
    expect(unexpected.map(({ property }) => property.id)).toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome === 'holds').length).toBeGreaterThan(12);
  });

  test('shows a known failure by a scenario of a shortest way, which fails when it is judged', async () => {
    const { properties: results } = await explore({ ...plan, kernel: v4_0 });
    const { outcome, property, counterexample } = results.find(({ failing }) => failing > 0)!;
    expect(outcome).toBe('known failure');
    const given = counterexample!.given as WholeScenario;
    expect(given.script.length).toBe(counterexample!.moves);
    expect(judge(property, v4_0, given)).toEqual(counterexample!.failure);
  });

  test('finds what breaks in a kernel of one’s own', async () => {
    const deaf = deriveKernel(v4_19, { name: 'deaf', wakeupKswapd: (_k, machine) => ({ machine, records: [] }) });
    const { properties: results } = await explore({ ...plan, kernel: deaf, eventually: [] });
    const broken = results.filter(({ outcome }) => outcome === 'counterexample').map(({ property }) => property.id);
    expect(broken).toContain('an-asked-kswapd-wakes-where-it-is-needed');
  });

  test('says which ways of tasks are taken, with a shortest one to each', () => {
    const { ways } = alone.coverage;
    const throttled = 'direct reclaim: throttleDirectReclaim to throttled';
    const { moves } = ways.find(({ name }) => name === throttled)!;
    expect(moves).toBeGreaterThan(0);
    const { given } = alone.witnessOf(throttled)!;
    const { machine } = runWhole(v4_19, given as WholeScenario);
    expect(machine.tasks[0]!.reclaim?.at).toBe('throttled');
    expect(ways.find(({ name }) => name === 'allocator: compact to compacted')).toMatchObject({ times: 0 });
  });

  test('with helpers comes to the same', async () => {
    const helper = new Helper(wholeSystem(v4_19, scope, properties));
    const helpers: Helpers<never> = {
      size: 2,
      expand: (errand) => Promise.resolve(structuredClone(helper.expand(errand)) as ErrandResult<never>),
    };
    const { counts, steps, coverage } = await explore({ ...plan, eventually: [], helpers });
    expect({ counts, steps, coverage }).toEqual({
      counts: alone.counts,
      steps: alone.steps,
      coverage: alone.coverage,
    });
  });
});

const inTheEnd = async (id: string, changed: Partial<typeof plan>) =>
  (await explore({ ...plan, properties: [], ...changed })).eventually.find(({ property }) => property.id === id)!;

describe('what a machine comes to in the end', () => {
  /** Nothing can be reclaimed where the task waits, and too little is free. */
  const bare = tinyWhole({
    nodes: [tinyNode({ free: [1], file: [0] }), tinyNode({ free: [1], file: [0] })],
    tasks: [{ node: 0, requests: [{ caller: 'kernel', also: ['NORETRY'] }] }],
  });

  test('leaves a task throttled for ever where nothing can be reclaimed', async () => {
    const found = await inTheEnd('every-throttled-task-gets-out', { kernel: v4_0, scope: bare });
    expect(found.outcome).toBe('known failure');
    const lasso = found.lasso as WholeLasso;
    const after = (rounds: number) => runWhole(v4_0, unrolled(lasso, rounds)).machine;
    expect(after(1).tasks[0]!.reclaim?.at).toBe('throttled');
    expect(after(3).tasks).toEqual(after(1).tasks);
    const text = renderLasso(found, v4_0, { colors: false });
    expect(text).toContain('What leads there');
    expect(text).toContain(lasso.loop.length === 0 ? 'Nobody can go on' : 'What goes on for ever');
  });

  test('lets a task out that kswapd may let go', async () => {
    const found = await inTheEnd('every-throttled-task-gets-out', {});
    expect(found).toMatchObject({ outcome: 'does not fail here' });
    expect(found.owed).toBeGreaterThan(10);
  });

  describe('has kswapd asleep where it asks for scans', () => {
    const id = 'every-kswapd-sleeps';
    const property = machineEventualProperties.find((one) => one.id === id)!;
    const one = (scanned: number[]) =>
      tinyWhole({
        nodes: [tinyNode({ managed: 8, watermark: { min: 2, low: 4, high: 6 }, free: [3], file: [2] })],
        tasks: [{ node: 0, requests: [{ caller: 'kernel' }] }],
        turns: { scanned, reclaimed: [0], remaining: [0] },
      });

    test.each([[[0]], [[0, 1]]])('if it gets them, where %j pages may be scanned', async (scanned) => {
      const found = await inTheEnd(id, { kernel: v4_0, scope: one(scanned) });
      expect(found.outcome).toBe('holds');
      expect(found.owed).toBeGreaterThan(10);
    });

    test('and never in v4.0 without, however fair all else is', async () => {
      const chances: typeof property.chances = (w) => property.chances(w).filter(({ name }) => !name.includes('scans'));
      const found = await inTheEnd(id, { kernel: v4_0, scope: one([0, 1]), eventually: [{ ...property, chances }] });
      expect(found.outcome).toBe('counterexample');
      expect((found.lasso as WholeLasso).loop).toEqual(
        Array.from({ length: 12 }, () => ({ who: { kswapd: 0 }, scanned: 0, reclaimed: [0, 0, 0, 0] })),
      );
    });
  });

  test('is told with the other findings', () => {
    expect(explorationText(alone, false)).toMatch(/In the end\n[^]*every-request-is-answered +owed in [\d,]+ states/);
  });
});
