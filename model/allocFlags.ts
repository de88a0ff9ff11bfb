import type { Watermark } from './state/zone.ts';

/** How far an allocation may dig below a watermark: flags that are or'ed. */

/** @kernel v4.0 mm/internal.h ALLOC_WMARK_MIN */
export const ALLOC_WMARK_MIN = 0;
/** @kernel v4.0 mm/internal.h ALLOC_WMARK_LOW */
export const ALLOC_WMARK_LOW = 1;
/** @kernel v4.0 mm/internal.h ALLOC_WMARK_HIGH */
export const ALLOC_WMARK_HIGH = 2;
/**
 * The bits that name a mark; without any it is min.
 * @kernel v4.0 mm/internal.h ALLOC_WMARK_MASK
 */
export const WMARK_MASK = 3;
/** @kernel v4.0 mm/internal.h ALLOC_NO_WATERMARKS */
export const ALLOC_NO_WATERMARKS = 0x04;
/** @kernel v4.19 mm/internal.h ALLOC_OOM */
export const ALLOC_OOM = 0x08;
/** @kernel v4.0 mm/internal.h ALLOC_HARDER */
export const ALLOC_HARDER = 0x10;
/** @kernel v4.0 mm/internal.h ALLOC_HIGH */
export const ALLOC_HIGH = 0x20;
/** @kernel v4.0 mm/internal.h ALLOC_CPUSET */
export const ALLOC_CPUSET = 0x40;
/** @kernel v4.0 mm/internal.h ALLOC_CMA */
export const ALLOC_CMA = 0x80;
/**
 * Up to v4.0.
 * @kernel v4.0 mm/internal.h ALLOC_FAIR
 */
export const ALLOC_FAIR = 0x100;
/**
 * From v5.0 on, where it stands in the place of FAIR; here each has a bit of its own.
 * @kernel v5.9 mm/internal.h ALLOC_NOFRAGMENT
 */
export const ALLOC_NOFRAGMENT = 0x200;
/**
 * From v5.0 on.
 * @kernel v5.9 mm/internal.h ALLOC_KSWAPD
 */
export const ALLOC_KSWAPD = 0x800;

export type AllocFlags = number;

/** The flags by the names that cases write. */
export const ALLOC_FLAG_BITS = {
  WMARK_MIN: ALLOC_WMARK_MIN,
  WMARK_LOW: ALLOC_WMARK_LOW,
  WMARK_HIGH: ALLOC_WMARK_HIGH,
  NO_WATERMARKS: ALLOC_NO_WATERMARKS,
  OOM: ALLOC_OOM,
  HARDER: ALLOC_HARDER,
  HIGH: ALLOC_HIGH,
  CPUSET: ALLOC_CPUSET,
  CMA: ALLOC_CMA,
  FAIR: ALLOC_FAIR,
  NOFRAGMENT: ALLOC_NOFRAGMENT,
  KSWAPD: ALLOC_KSWAPD,
} as const;
export type AllocFlagName = keyof typeof ALLOC_FLAG_BITS;
export const ALLOC_FLAG_NAMES = ['HIGH', 'HARDER', 'CMA'] as const satisfies readonly AllocFlagName[];

/** Those that questions about a state may carry in later kernels: a mark, and all that may matter to its check. */
export const ASKED_FLAG_NAMES = [
  ...ALLOC_FLAG_NAMES,
  'OOM',
  'NOFRAGMENT',
  'KSWAPD',
  'WMARK_LOW',
  'WMARK_HIGH',
] as const satisfies readonly AllocFlagName[];

/** The named flags, or'ed. */
export const allocFlagsOf = (names: readonly AllocFlagName[]): AllocFlags =>
  names.reduce((flags, name) => flags | ALLOC_FLAG_BITS[name], 0);

/** All flags but the marks, in the order in which cases list them. */
export const ALLOCATION_FLAG_NAMES = [
  'NO_WATERMARKS',
  'OOM',
  'HARDER',
  'HIGH',
  'CPUSET',
  'CMA',
  'FAIR',
  'NOFRAGMENT',
  'KSWAPD',
] as const satisfies readonly AllocFlagName[];

/** The names of the flags that are set, marks left out. */
export const describeAllocFlags = (flags: AllocFlags): readonly AllocFlagName[] =>
  ALLOCATION_FLAG_NAMES.filter((name) => (flags & ALLOC_FLAG_BITS[name]) !== 0);

/** The mark that flags name. */
export type WmarkName = keyof Watermark;
export const WMARK_BITS = {
  min: ALLOC_WMARK_MIN,
  low: ALLOC_WMARK_LOW,
  high: ALLOC_WMARK_HIGH,
} as const satisfies Readonly<Record<WmarkName, AllocFlags>>;

/** The name of the mark that flags hold. */
export function wmarkOf(flags: AllocFlags): WmarkName {
  const wmark = flags & WMARK_MASK;
  if (wmark === ALLOC_WMARK_LOW) return 'low';
  return wmark === ALLOC_WMARK_HIGH ? 'high' : 'min';
}
