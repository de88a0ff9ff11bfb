import { describe, expect, test } from 'vitest';
import { v4_19, v5_9, type AllocTurn, type GfpName, type Kernel } from '../../../model/index.ts';
import { allocate, machineOf, only, type Asked, type MachineSketch } from './sketch.ts';

const KERNEL = ['DIRECT_RECLAIM', 'KSWAPD_RECLAIM', 'IO', 'FS'] as const satisfies readonly GfpName[];
const empty = { free: 0, min: 50, low: 100 };

const run = (k: Kernel, asked: Asked, sketch: Partial<MachineSketch> = {}) =>
  allocate(machineOf({ nodes: [{ Normal: empty }], ...sketch }), asked, k);

const later = [v4_19, v5_9];

/** The flags of each attempt. */
const attemptsOf = ({ trace }: ReturnType<typeof run>) =>
  only(trace, 'attempt').map(({ wmark, allocFlags }) => [wmark, ...allocFlags].join(' '));

describe.each(later)('the slow path of $name', (k) => {
  test('gives up after two more attempts for who cannot wait', () => {
    const failed = run(k, { gfp: ['KSWAPD_RECLAIM'] });
    expect(failed).toMatchObject({ page: null, attempts: 3, turns: 0 });
    expect(failed.events.at(-1)).toBe('alloc_failed');
  });

  test('goes round while all that is left to reclaim would leave the zone above its mark, not just at it', () => {
    const rounds = (inactiveFile: number) => {
      const lru = { inactiveFile };
      const { trace } = run(k, { gfp: [...KERNEL, 'RETRY_MAYFAIL'] }, { nodes: [{ Normal: { ...empty, lru } }] });
      return only(trace, 'reclaim').length;
    };
    expect(rounds(50)).toBe(1);
    expect(rounds(51)).toBe(17);
  });

  test('counts a round with progress as one in vain for a costly order', () => {
    const lru = { inactiveFile: 5000 };
    const zone = { ...empty, lru, free: [0, 0, 0, 0, 200], min: 0, low: 5000, rmqueueFails: 500 };
    const script = Array.from({ length: 100 }, (_, i): AllocTurn => (i % 2 === 0 ? { progress: 1 } : {}));
    const asked = { gfp: [...KERNEL, 'RETRY_MAYFAIL'] as const, order: 4, script, limit: 200 };
    const failed = run(k, asked, { nodes: [{ Normal: zone }] });
    expect(only(failed.trace, 'reclaim')).toHaveLength(17);
    expect(failed.end).toBe('done');
  });

  test('does not go round for a costly order unless asked to', () => {
    expect(only(run(k, { gfp: KERNEL, order: 4 }).trace, 'reclaim')).toHaveLength(1);
  });

  test('turns to no OOM killer for a caller that copes with failure, but looks at the high marks first', () => {
    const failed = run(k, { gfp: [...KERNEL, 'RETRY_MAYFAIL'] });
    expect(failed.events).not.toContain('oom');
    expect(attemptsOf(failed).at(-1)).toBe('high CPUSET');
  });

  test('lets a request that cannot fail into all reserves once the OOM killer was asked, whatever it did', () => {
    const served = run(k, { gfp: [...KERNEL, 'NOFAIL'] }, { nodes: [{ Normal: { ...empty, free: 1 } }] });
    expect(served.page).toEqual({ node: 0, zone: 2, pfmemalloc: true });
    expect(attemptsOf(served).at(-1)).toBe('min NO_WATERMARKS CPUSET');
  });

  test('fails a request that cannot fail, if it cannot wait either', () => {
    expect(run(k, { gfp: ['NOFAIL'] })).toMatchObject({ page: null, end: 'done' });
  });

  test('has a victim fail once it had its reserves in vain, though others were killed', () => {
    const chosen: AllocTurn[] = [{ progress: 0 }, { busy: false }, { killed: true, events: [{ oomVictim: true }] }];
    const script = [...chosen, ...Array.from({ length: 9 }, () => ({ killed: true }))];
    const failed = run(k, { gfp: KERNEL, script });
    expect(failed).toMatchObject({ page: null, end: 'done' });
    expect(attemptsOf(failed).filter((flags) => flags.startsWith('min OOM'))).toHaveLength(1);
    expect(failed.events.filter((ev) => ev === 'oom')).toHaveLength(2);
  });

  test('gives a victim half of the mark: one page above it will do', () => {
    const taken = (free: number) =>
      run(k, { gfp: KERNEL, task: ['OOM_VICTIM'], limit: 3 }, { nodes: [{ Normal: { ...empty, free } }] }).page;
    expect(taken(25)).toBeNull();
    expect(taken(26)).toEqual({ node: 0, zone: 2, pfmemalloc: false });
  });

  test('lets an atomic request beyond its nodes from the second round on', () => {
    const sketch = { nodes: [{ Normal: empty }, { Normal: { free: 1000 } }] };
    const atomic = ['ATOMIC', 'KSWAPD_RECLAIM'] as const;
    expect(run(k, { gfp: atomic, nodemask: [0] }, sketch)).toMatchObject({ page: { node: 1 }, attempts: 3 });
    expect(run(k, { gfp: ['KSWAPD_RECLAIM'], nodemask: [0] }, sketch).page).toBeNull();
  });
});

test('the slow path of v4.19 after 16 rounds in vain goes on only for a block that is set aside, and counts on', () => {
  const lru = { inactiveFile: 5000 };
  const zone = { ...empty, lru, free: { highatomic: [1, 1] }, reservedHighatomic: 512 };
  const failed = run(v4_19, { gfp: [...KERNEL, 'RETRY_MAYFAIL'] }, { nodes: [{ Normal: zone }] });
  const forced = only(failed.trace, 'unreserve_highatomic').filter(({ force }) => force);
  expect(forced.map(({ ok }) => ok)).toEqual([true, true, false]);
  expect(only(failed.trace, 'reclaim')).toHaveLength(19);
});

test('in v5.9 fewer free pages than are set aside are given to anyone at the first attempt, whatever the marks', () => {
  const zone = { ...empty, free: 3, reservedHighatomic: 512 };
  const served = run(v5_9, { gfp: KERNEL }, { nodes: [{ Normal: zone }] });
  expect(served).toMatchObject({ page: { node: 0, zone: 2, pfmemalloc: false }, attempts: 1 });
  expect(run(v4_19, { gfp: KERNEL }, { nodes: [{ Normal: zone }] }).page).toBeNull();
});

describe('what v5.9 does otherwise in the slow path', () => {
  const wakeups = (k: Kernel, asked: Asked) => only(run(k, asked).trace, 'wakeup_kswapd').length;

  test('who frees memory wakes kswapd in its first round only: the reserves’ flags do not say that it may', () => {
    const asked: Asked = { gfp: [...KERNEL, 'NOFAIL'], task: ['MEMALLOC'], limit: 12 };
    expect(wakeups(v4_19, asked)).toBeGreaterThan(3);
    expect(wakeups(v5_9, asked)).toBe(2);
  });

  test('reserves keep the right to CMA pages, which they cost in v4.19', () => {
    const asked: Asked = { gfp: [...KERNEL, 'MOVABLE', 'HIGHMEM'], task: ['OOM_VICTIM'], limit: 3 };
    expect(attemptsOf(run(v4_19, asked)).at(-1)).toBe('min OOM');
    expect(attemptsOf(run(v5_9, asked)).at(-1)).toBe('min OOM CMA');
  });

  test('a worker sleeps before the OOM killer’s turn as well', () => {
    const waits = (k: Kernel) => only(run(k, { gfp: KERNEL, task: ['WQ_WORKER'], limit: 4 }).trace, 'wait');
    expect(waits(v4_19)).toEqual([]);
    expect(waits(v5_9)).toEqual([{ ev: 'wait', why: 'worker' }]);
  });

  test('another attempt follows compaction that was skipped', () => {
    const asked: Asked = { gfp: KERNEL, order: 1, script: [{ compactResult: 'skipped' }], limit: 9 };
    const after = (k: Kernel) => {
      const { events } = run(k, asked, { compaction: true });
      return events[events.indexOf('compact') + 1];
    };
    expect(after(v4_19)).toBe('wakeup_kswapd');
    expect(after(v5_9)).toBe('attempt');
  });

  test('a costly request that does not want to retry fails without reclaim if compaction was skipped', () => {
    const asked: Asked = { gfp: [...KERNEL, 'NORETRY'], order: 4, script: [{ compactResult: 'skipped' }] };
    expect(run(v4_19, asked, { compaction: true }).events).toContain('reclaim');
    expect(run(v5_9, asked, { compaction: true }).events).not.toContain('reclaim');
  });

  test('a block that compaction made may be kept for the task, whatever the marks', () => {
    const script = [{ merge: [{ node: 0, zone: 2, from: 0, to: 1, count: 1 }], capture: { node: 0, zone: 2 } }];
    const captured = run(
      v5_9,
      { gfp: KERNEL, order: 1, script },
      { compaction: true, nodes: [{ Normal: { ...empty, free: 2 } }] },
    );
    expect(captured).toMatchObject({ page: { node: 0, zone: 2, pfmemalloc: false }, turns: 1 });
    expect(captured.events.at(-1)).toBe('compact');
  });
});
