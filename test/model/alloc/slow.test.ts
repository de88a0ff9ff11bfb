import { describe, expect, test } from 'vitest';
import { runAllocation, startAllocation, bootMemory, gfpOf, v4_0, type AllocStep } from '../../../model/index.ts';
import { allocate, KERNEL, machineOf, only, type Asked } from './sketch.ts';

const NORMAL = 2;
const give = (count: number) => ({ give: { node: 0, zone: NORMAL, order: 0, count } });
const scarce = (free: number) => machineOf({ nodes: [{ Normal: { free, min: 80, low: 100 } }] });
const serves = (free: number, asked: Asked): boolean => allocate(scarce(free), asked).page !== null;

/** The fewest free pages of which one is given; the min mark is 80 pages. */
const least = (asked: Asked): number => {
  for (let free = 0; ; free++) if (serves(free, asked)) return free;
};

describe('how deep a request that cannot wait may dig, at a min mark of 80 pages', () => {
  test.each<[string, Asked, number]>([
    ['one that must not hurry kswapd leaves the mark whole', { gfp: ['NO_KSWAPD'] }, 81],
    ['one that cannot wait takes a quarter', { gfp: [] }, 61],
    ['HIGH takes half', { gfp: ['HIGH', 'NO_KSWAPD'] }, 41],
    ['GFP_ATOMIC takes half, and a quarter of the rest', { gfp: ['HIGH'] }, 31],
    ['with NOMEMALLOC it takes half only', { gfp: ['HIGH', 'NOMEMALLOC'] }, 41],
    ['a task that frees memory takes all', { gfp: ['NO_KSWAPD'], task: ['MEMALLOC'] }, 1],
    ['in an interrupt it does not', { gfp: ['NO_KSWAPD'], task: ['MEMALLOC', 'INTERRUPT'] }, 81],
    ['but in a soft one it does', { gfp: ['NO_KSWAPD'], task: ['MEMALLOC', 'SOFTIRQ'] }, 1],
  ])('%s', (_, asked, pages) => {
    expect(least(asked)).toBe(pages);
  });
});

test('a page that is given whatever the marks is one of the reserves', () => {
  const { page } = allocate(scarce(1), { gfp: KERNEL, task: ['MEMALLOC'] });
  expect(page).toEqual({ node: 0, zone: NORMAL, pfmemalloc: true });
  expect(allocate(scarce(1000), { gfp: KERNEL, task: ['MEMALLOC'] }).page?.pfmemalloc).toBe(false);
});

describe('a request that gives up', () => {
  test('at once, without waking kswapd, if it wants this node or nothing', () => {
    const { events, page } = allocate(scarce(0), { gfp: [...KERNEL, 'THISNODE', 'NORETRY', 'NOWARN'] });
    expect({ events, page }).toEqual({ events: ['attempt', 'watermark', 'alloc_failed'], page: null });
  });

  test('without a word, if no block can be that large', () => {
    expect(allocate(scarce(1000), { gfp: KERNEL, order: 11 }).events).toEqual(['attempt', 'watermark']);
  });

  test('after two attempts, if it cannot wait', () => {
    const { events, attempts } = allocate(scarce(0), { gfp: ['HIGH'] });
    expect({ attempts, last: events.at(-1) }).toEqual({ attempts: 2, last: 'alloc_failed' });
    expect(events).not.toContain('reclaim');
  });

  test('rather than reclaim while it reclaims', () => {
    const { events } = allocate(scarce(0), { gfp: [...KERNEL, 'NOMEMALLOC'], task: ['MEMALLOC'] });
    expect(events).not.toContain('reclaim');
    expect(events.at(-1)).toBe('alloc_failed');
  });

  test('a huge page, if compaction was put off; a kernel thread’s too', () => {
    const gfp = ['HIGHMEM', 'MOVABLE', ...KERNEL, 'HARDWALL', 'COMP', 'NOMEMALLOC', 'NORETRY', 'NOWARN', 'NO_KSWAPD'];
    const machine = machineOf({ nodes: [{ Normal: { free: 5 } }], compaction: true });
    const asked = { gfp: gfp as Asked['gfp'], order: 9, script: [{ compactResult: 'deferred' as const }] };
    expect(allocate(machine, asked).events.slice(-2)).toEqual(['compact', 'alloc_failed']);
    expect(allocate(machine, { ...asked, task: ['KTHREAD'] }).events.slice(-2)).toEqual(['compact', 'alloc_failed']);
  });
});

describe('reclaim', () => {
  test('that brings enough is followed by the page', () => {
    const script = [{ reclaimed: [{ node: 0, zone: NORMAL, pages: 50 }], progress: 50 }];
    const nodes = [{ Normal: { free: 80, min: 80, low: 100, lru: { inactiveFile: 60 } } }];
    const { page, nodes: after } = allocate(machineOf({ nodes }), { gfp: KERNEL, script });
    expect(page?.zone).toBe(NORMAL);
    expect(after[0]!.zones[NORMAL]!.lru.inactiveFile).toBe(10);
  });

  test('with progress that does not show empties the lists of all processors, once', () => {
    const { events } = allocate(scarce(0), { gfp: [...KERNEL, 'NORETRY'], script: [{ progress: 1 }] });
    expect(events.slice(events.indexOf('reclaim')).join(' ')).toBe(
      'reclaim attempt watermark drain attempt watermark alloc_failed',
    );
  });

  test('of a costly order goes on until as many pages came free as it wants, if it asked to', () => {
    const rounds = (gfp: Asked['gfp']) => {
      const script = Array.from({ length: 40 }, () => ({ progress: 6 }));
      return only(allocate(scarce(0), { gfp, order: 4, script }).trace, 'reclaim').length;
    };
    expect(rounds([...KERNEL, 'REPEAT'])).toBe(3);
    expect(rounds(KERNEL)).toBe(1);
  });

  test('of an order up to 3 goes on for as long as there is progress', () => {
    const script = Array.from({ length: 200 }, () => ({ progress: 1 }));
    expect(allocate(scarce(0), { gfp: KERNEL, order: 3, script }).end).toBe('limit');
  });
});

describe('the OOM killer', () => {
  test('has its turn when reclaim brings nothing, after a look at the high marks', () => {
    const { trace, events } = allocate(scarce(0), { gfp: KERNEL });
    expect(events.slice(events.indexOf('oom_trylock')).join(' ')).toBe(
      'oom_trylock attempt watermark oom alloc_failed',
    );
    expect(only(trace, 'attempt').map(({ wmark }) => wmark)).toEqual(['low', 'min', 'high']);
  });

  test.each<[string, Asked]>([
    ['a costly order', { gfp: [...KERNEL, 'REPEAT'], order: 4 }],
    ['low memory', { gfp: [...KERNEL, 'DMA32'] }],
    ['a core dump', { gfp: KERNEL, task: ['DUMPCORE'] }],
    ['one node alone', { gfp: [...KERNEL, 'THISNODE'] }],
  ])('kills no one for %s, and the request fails', (_, asked) => {
    const machine = machineOf({ nodes: [{ DMA32: { low: 100 }, Normal: { low: 100 } }] });
    const { events } = allocate(machine, asked);
    expect(events).toContain('oom_trylock');
    expect(events).not.toContain('oom');
    expect(events.at(-1)).toBe('alloc_failed');
  });

  test('kills no one for a request that keeps out of file systems, which tries again for ever', () => {
    const { events, end } = allocate(scarce(0), { gfp: ['WAIT', 'IO'] });
    expect(events).not.toContain('oom');
    expect(end).toBe('limit');
  });

  test('takes one of a task that must not start input or output for such a request', () => {
    const { events, end } = allocate(scarce(0), { gfp: KERNEL, task: ['MEMALLOC_NOIO'] });
    expect(events).not.toContain('oom');
    expect(end).toBe('limit');
  });

  test('is asked again and again for a request that cannot fail, though it kills no one', () => {
    const { trace, end } = allocate(scarce(0), { gfp: [...KERNEL, 'NOFAIL'], limit: 9 });
    expect(end).toBe('limit');
    expect(only(trace, 'oom').length).toBe(4);
  });

  test('is left to another task that is at it already, and the request begins anew', () => {
    const { trace } = allocate(scarce(0), { gfp: KERNEL, script: [{}, { busy: true }] });
    expect(only(trace, 'wait').map(({ why }) => why)).toEqual(['oom_lock', 'congestion']);
  });

  test('lets its victim into the reserves', () => {
    const script = [{}, {}, { killed: true, events: [{ oomVictim: true }] }];
    expect(allocate(scarce(5), { gfp: KERNEL, script }).page).toEqual({ node: 0, zone: NORMAL, pfmemalloc: true });
  });

  test('kills no one if enough came free before its turn', () => {
    const { page, events } = allocate(scarce(0), { gfp: KERNEL, script: [{}, { events: [give(101)] }] });
    expect(page?.pfmemalloc).toBe(false);
    expect(events).not.toContain('oom');
  });
});

describe('kswapd', () => {
  test('is woken once by one wake-up, until it sleeps again', () => {
    const round = (events: readonly { readonly kswapdWaits: { readonly node: number } }[]) => ({ progress: 1, events });
    const sleepy = [round([]), {}, round([]), {}, round([{ kswapdWaits: { node: 0 } }]), {}, {}];
    const { trace } = allocate(scarce(0), { gfp: KERNEL, script: sleepy, limit: 6 });
    expect(only(trace, 'wakeup_kswapd').length).toBe(2);
    expect(only(trace, 'wakeup').length).toBe(1);
  });

  test('is asked with the preferred zone’s index, in remote nodes too', () => {
    const machine = machineOf({ nodes: [{ DMA32: { low: 9 } }, { DMA32: { low: 9 }, Normal: { low: 9 } }] });
    const { trace } = allocate(machine, { gfp: ['HIGH'] });
    expect(only(trace, 'wakeup_kswapd').map(({ node, zone, zoneIdx }) => [node, zone, zoneIdx])).toEqual([
      [0, 1, 1],
      [1, NORMAL, 1],
      [1, 1, 1],
    ]);
  });
});

describe('a run', () => {
  test('is cut off before the attempt that would be one too many', () => {
    expect(allocate(scarce(1000), { gfp: KERNEL, limit: 0 })).toMatchObject({
      end: 'limit',
      attempts: 0,
      events: ['limit'],
      page: null,
    });
  });

  test('shows every step to who watches: each begins where the one before ended, and leaves its records', () => {
    const memory = bootMemory(v4_0, scarce(0));
    const request = { gfp: gfpOf(KERNEL), order: 0, preferredNode: 0, localNode: 0, nodemask: null };
    const state = { memory, task: startAllocation(request, 0) };
    const steps: AllocStep[] = [];
    const { trace, ...end } = runAllocation(v4_0, state, { script: [{ events: [give(1)] }] }, (step) =>
      steps.push(step),
    );
    expect(steps.slice(1).filter(({ before }, i) => before.memory !== steps[i]!.after.memory)).toEqual([]);
    expect(steps.slice(1).filter(({ before }, i) => before.task !== steps[i]!.after.task)).toEqual([]);
    expect(steps.flatMap(({ records }) => records)).toEqual(trace);
    expect(steps.at(-1)?.after.memory).toBe(end.memory);
    expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(['transition', 'work', 'event', 'resume']));
  });
});
