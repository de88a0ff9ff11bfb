import { describe, expect, test } from 'vitest';
import {
  describeAllocFlags,
  describeGfp,
  gfpOf,
  GFP_NAMES,
  LAYOUTS,
  taskFlagsOf,
  v4_0,
  v4_19,
  v5_9,
  type GfpName,
  type Kernel,
  type LayoutName,
  type TaskFlagName,
} from '../../../model/index.ts';
import { system } from '../sketch.ts';

describe('the highest zone that a mask allows', () => {
  const zoneOf = (layout: LayoutName, ...names: readonly GfpName[]): string =>
    LAYOUTS[layout][v5_9.gfpZone(v5_9, LAYOUTS[layout], gfpOf(names))]!;

  test('is Movable only for pages that may lie in high memory as well as be moved', () => {
    expect(zoneOf('x86_64', 'HIGHMEM', 'MOVABLE')).toBe('Movable');
    expect(zoneOf('x86_64', 'MOVABLE')).toBe('Normal');
    expect(zoneOf('x86_64', 'DMA', 'MOVABLE')).toBe('DMA');
  });

  test('is Normal where the machine lacks the zone that the mask names', () => {
    expect(zoneOf('x86_64', 'HIGHMEM')).toBe('Normal');
    expect(zoneOf('x86_32', 'HIGHMEM')).toBe('HighMem');
    expect(zoneOf('x86_32', 'DMA32')).toBe('Normal');
    expect(zoneOf('x86_64', 'DMA32')).toBe('DMA32');
  });
});

test('a mask that is read and written again names the same flags', () => {
  expect(describeGfp(gfpOf(GFP_NAMES))).toEqual(GFP_NAMES);
  expect(describeGfp(gfpOf(['WRITE', 'DMA']))).toEqual(['DMA', 'WRITE']);
});

/** How far a request may dig in the slow path. */
const flagsOf = (k: Kernel, gfp: readonly GfpName[], task: readonly TaskFlagName[] = [], cma = true) =>
  describeAllocFlags(k.gfpToAllocFlags(k, system({ cma }), gfpOf(gfp), taskFlagsOf(task)));

describe('how far a mask lets its request dig', () => {
  test('in v4.0 whoever can neither wait nor does without kswapd digs deeper, whether in a hurry or not', () => {
    expect(flagsOf(v4_0, [])).toEqual(['HARDER']);
    expect(flagsOf(v4_0, ['NO_KSWAPD'])).toEqual(['CPUSET']);
    expect(flagsOf(v4_0, ['WAIT', 'NO_KSWAPD'])).toEqual(['CPUSET']);
  });

  test('from v4.4 on only who is in a hurry digs deeper, even one that could wait', () => {
    expect(flagsOf(v4_19, [])).toEqual(['CPUSET']);
    expect(flagsOf(v4_19, ['ATOMIC'])).toEqual(['HARDER']);
    expect(flagsOf(v4_19, ['ATOMIC', 'DIRECT_RECLAIM'])).toEqual(['HARDER']);
  });

  test.each([v4_0, v4_19, v5_9])(
    'in $name NOMEMALLOC keeps an atomic request from it, and still out of cpusets',
    (k) => {
      expect(flagsOf(k, ['ATOMIC', 'NOMEMALLOC'])).toEqual([]);
    },
  );

  test.each([v4_0, v4_19, v5_9])('in $name a realtime task digs deeper, but not in an interrupt of any kind', (k) => {
    const waits = ['WAIT', 'DIRECT_RECLAIM'] as const;
    expect(flagsOf(k, waits, ['RT'])).toEqual(['HARDER', 'CPUSET']);
    expect(flagsOf(k, waits, ['RT', 'INTERRUPT'])).toEqual(['CPUSET']);
    expect(flagsOf(k, waits, ['RT', 'SOFTIRQ'])).toEqual(['CPUSET']);
  });

  test('movable pages may be CMA pages; from v5.9 on a task can forbid it', () => {
    expect(flagsOf(v4_19, ['MOVABLE'], ['MEMALLOC_NOCMA'])).toEqual(['CPUSET', 'CMA']);
    expect(flagsOf(v5_9, ['MOVABLE'], ['MEMALLOC_NOCMA'])).toEqual(['CPUSET']);
    expect(flagsOf(v5_9, ['MOVABLE'], [], false)).toEqual(['CPUSET']);
  });

  test('from v5.0 on waking kswapd is a flag among these', () => {
    expect(flagsOf(v4_19, ['KSWAPD_RECLAIM'])).toEqual(['CPUSET']);
    expect(flagsOf(v5_9, ['KSWAPD_RECLAIM'])).toEqual(['CPUSET', 'KSWAPD']);
  });
});

describe('the reserves that a task may use', () => {
  const reservesOf = (gfp: readonly GfpName[], task: readonly TaskFlagName[]) =>
    describeAllocFlags(v4_19.__gfpPfmemallocFlags(v4_19, gfpOf(gfp), taskFlagsOf(task)));

  test('are all of them for who frees memory, a part for a victim; who is both has all', () => {
    expect(reservesOf([], ['MEMALLOC'])).toEqual(['NO_WATERMARKS']);
    expect(reservesOf([], ['OOM_VICTIM'])).toEqual(['OOM']);
    expect(reservesOf([], ['MEMALLOC', 'OOM_VICTIM'])).toEqual(['NO_WATERMARKS']);
    expect(reservesOf([], [])).toEqual([]);
  });

  test('a hard interrupt has none of its task’s; a soft one that frees memory itself does', () => {
    expect(reservesOf([], ['MEMALLOC', 'INTERRUPT'])).toEqual([]);
    expect(reservesOf([], ['MEMALLOC', 'SOFTIRQ'])).toEqual(['NO_WATERMARKS']);
    expect(reservesOf([], ['OOM_VICTIM', 'SOFTIRQ'])).toEqual([]);
  });

  test('a mask that says both MEMALLOC and NOMEMALLOC has none', () => {
    expect(reservesOf(['MEMALLOC', 'NOMEMALLOC'], ['MEMALLOC'])).toEqual([]);
  });

  test('in v4.0 the flags of the slow path say it, for a victim as for who frees memory', () => {
    expect(flagsOf(v4_0, ['WAIT'], ['MEMDIE'])).toEqual(['NO_WATERMARKS', 'CPUSET']);
  });
});
