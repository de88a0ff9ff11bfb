import { describe, expect, test } from 'vitest';
import type { Scope } from '../../../kernel/schema/scope.ts';
import {
  deriveKernel,
  kernels,
  runScenario,
  v4_0,
  v4_19,
  v5_9,
  watchScenario,
  withBalance,
  withFailures,
  withNode,
  withNodeBalance,
  withThread,
  type Kernel,
  type Transition,
  type Yield,
} from '../../../model/index.ts';
import { eventualProperties } from '../../../properties/index.ts';
import { renderLasso } from '../../../report/explore/lasso.ts';
import { explore } from '../../../search/explore/explore.ts';
import { unrolled, type KswapdLasso } from '../../../search/explore/liveness/lasso.ts';
import { readScope, scopePath } from '../../../search/explore/scopeFile.ts';
import { smallScope, tinyScope } from './scopes.ts';

const inTheEnd = async (kernel: Kernel, scope = tinyScope()) =>
  (await explore({ kernel, scope, properties: [], eventually: eventualProperties })).eventually;

const found = async (kernel: Kernel, id: string, scope = tinyScope()) =>
  (await inTheEnd(kernel, scope)).find(({ property }) => property.id === id)!;

/** v4.0 with what later kernels do: sixteen runs in a row without a page, and kswapd gives the node up. */
const shrink: Yield = {
  ...v4_0.yields.shrink!,
  work: (k, m, turn) => {
    const after = v4_0.yields.shrink!.work(k, m, turn);
    const reclaimed = after.thread.balance.nrReclaimed > m.thread.balance.nrReclaimed;
    return reclaimed ? withNode(after, withFailures(after.node, after.node.zones, 0)) : after;
  },
};

const mended = deriveKernel(v4_0, {
  name: 'mended',
  yields: { shrink },
  transitions: {
    balanced: {
      ...v4_0.transitions.balanced!,
      step: (k, m) => {
        const inVain = m.thread.balance.priority < 1;
        const { zones, kswapd } = m.node;
        const counted = inVain ? withNode(m, withFailures(m.node, zones, kswapd.failures + 1)) : m;
        return v4_0.transitions.balanced!.step(k, counted);
      },
    },
  },
  prepareKswapdSleep: (k, m, order, remaining, zoneIdx) => {
    const answer = v4_0.prepareKswapdSleep(k, m, order, remaining, zoneIdx);
    const givenUp = remaining === 0 && m.node.kswapd.failures >= 16;
    return givenUp ? { ...answer, sleep: true } : answer;
  },
});

describe('what kswapd comes to in the end', () => {
  test.each(Object.keys(kernels))('is in %s as its verdicts say', async (name) => {
    const scopes = [tinyScope({ events: { take: [0], throttle: 1, freeze: true, stop: true } }), smallScope()];
    const outcomes = (await Promise.all(scopes.map((scope) => inTheEnd(kernels[name]!, scope)))).flat();
    expect(outcomes.filter(({ outcome }) => outcome === 'counterexample')).toEqual([]);
    for (const { id } of eventualProperties) {
      expect(
        outcomes.some(({ property, owed }) => property.id === id && owed > 0),
        id,
      ).toBe(true);
    }
  });
});

const endless = await found(v4_0, 'kswapd-left-alone-sleeps');

describe('v4.0’s endless walk over a zone that is too small to be scanned', () => {
  const { outcome, lasso, owed } = endless;

  test('is a known failure', () => {
    expect(outcome).toBe('known failure');
    expect(owed).toBeGreaterThan(100);
  });

  test('is a round through all priorities, in which nothing is scanned and no task does anything', () => {
    expect(lasso!.loop).toEqual(Array.from({ length: 12 }, () => ({ scanned: 0, reclaimed: [0] })));
  });

  test('comes back to the same machine each time, when it is run', () => {
    const after = (rounds: number) => runScenario(v4_0, unrolled(lasso as KswapdLasso, rounds)).machine;
    expect(after(1)).toEqual(after(0));
    expect(after(5)).toEqual(after(0));
  });

  test('is told as what leads there and what goes on for ever', () => {
    const text = renderLasso(endless, v4_0, { colors: false });
    expect(text).toMatch(/What leads there\n turn waits at/);
    expect(text).toMatch(/What goes on for ever\n turn waits at/);
    expect(text).toMatch(/and again from turn \d+$/);
    expect(text.match(/priority 12 -> 11/g)!.length).toBeGreaterThanOrEqual(1);
  });

  test('is over where runs in vain are counted, as later kernels do', async () => {
    expect(await found(mended, 'kswapd-left-alone-sleeps')).toMatchObject({ outcome: 'does not fail here' });
  });

  test('needs that nothing is ever scanned', async () => {
    expect(await found(v4_0, 'kswapd-that-scans-sleeps')).toMatchObject({ outcome: 'holds' });
  });
});

/** v4.0 with what v4.8 did: a zone that is passed over says nothing of how much was scanned. */
const passesOver: Transition = {
  ...v4_0.transitions.kswapdShrinkZone!,
  step: (k, m) => {
    const outcome = v4_0.transitions.kswapdShrinkZone!.step(k, m);
    const { thread } = outcome.machine;
    if (thread.at !== 'nextZone') return outcome;
    const balance = { ...thread.balance, raisePriority: m.thread.balance.raisePriority };
    return { ...outcome, machine: withThread(outcome.machine, withBalance(thread, 'nextZone', balance)) };
  },
};

/** v4.19 whose priority stays as long as a page is reclaimed. */
const eased: Transition = {
  ...v4_19.transitions.finishShrink!,
  step: (k, m) => {
    const outcome = v4_19.transitions.finishShrink!.step(k, m);
    const { thread } = outcome.machine;
    const nodeBalance = { ...thread.nodeBalance, raisePriority: false };
    return { ...outcome, machine: withThread(outcome.machine, withNodeBalance(thread, thread.at, nodeBalance)) };
  },
};

const pageCache = readScope(scopePath('page-cache')) as Scope;
const id = 'a-run-that-falls-short-ends';
const held = await found(v4_0, id, pageCache);

describe('v4.0’s balanced zone that holds the priority for those above it', () => {
  test('shows as a round at priority 12 in which that zone is neither scanned nor touched', () => {
    const { outcome, lasso } = held;
    expect(outcome).toBe('known failure');
    const { steps } = watchScenario(v4_0, unrolled(lasso as KswapdLasso, 3));
    const shrunk = steps.flatMap(({ records }) => records.filter((record) => record.ev === 'shrink'));
    expect(shrunk.length).toBeGreaterThan(3);
    expect(new Set(shrunk.map(({ zone, priority }) => `${zone} at ${priority}`))).toEqual(new Set(['1 at 12']));
    const [dma] = steps[0]!.before.node.zones;
    expect(steps.filter(({ after }) => after.node.zones[0] !== dma)).toEqual([]);
  });

  test('is told with the pages that come back', () => {
    const text = renderLasso(held, v4_0, { colors: false });
    expect(text.replaceAll(/\s+/g, ' ')).toContain('1 page of Normal becomes page cache (inactiveFile 0 -> 1)');
  });

  test('is over where a zone that is passed over does not count as scanned', async () => {
    const kernel = deriveKernel(v4_0, { name: 'mended', transitions: { kswapdShrinkZone: passesOver } });
    expect(await found(kernel, id, pageCache)).toMatchObject({ outcome: 'does not fail here' });
  });

  test.each([v4_19, v5_9])('does not show in $name, unless scans reach what was asked for', async (kernel) => {
    expect(await found(kernel, id, pageCache)).toMatchObject({ outcome: 'holds' });
    const { ceases: _never, ...unfair } = eventualProperties.find((property) => property.id === id)!;
    const { eventually } = await explore({ kernel, scope: pageCache, properties: [], eventually: [unfair] });
    expect(eventually).toMatchObject([{ outcome: 'counterexample' }]);
  });

  test('would show in a later kernel whose priority stays as long as a page is reclaimed', async () => {
    const kernel = deriveKernel(v4_19, { name: 'eased', transitions: { finishShrink: eased } });
    expect(await found(kernel, id, pageCache)).toMatchObject({ outcome: 'counterexample' });
  });
});

test('a kswapd that never gives a zone up walks on for ever even if it scans', async () => {
  const stubborn = deriveKernel(v4_0, { name: 'stubborn', zoneReclaimable: () => true });
  const { outcome, lasso } = await found(stubborn, 'kswapd-that-scans-sleeps');
  expect(outcome).toBe('counterexample');
  expect(lasso!.loop.some(({ scanned = 0 }) => scanned > 0)).toBe(true);
});

test('a kswapd that begins to balance again and again without waiting once never sleeps', async () => {
  const spinning = deriveKernel(v4_0, {
    name: 'spinning',
    zoneBalanced: (_k, _system, _zone, _order, _gap, zoneIdx) => zoneIdx === 0,
    pgdatBalanced: () => false,
  });
  const scope = tinyScope({ events: {} });
  const { lasso } = await found(spinning, 'kswapd-that-scans-sleeps', scope);
  expect(lasso!.loop).toEqual([]);
  expect(runScenario(spinning, (lasso as KswapdLasso).stem).end).toBe('spinning');
});

test('a promise that is owed nowhere is not judged', async () => {
  expect(await found(v4_0, 'a-throttled-task-goes-on', tinyScope({ events: {} }))).toMatchObject({
    outcome: 'not judged',
    owed: 0,
  });
});
