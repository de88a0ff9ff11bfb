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
/** @kernel v4.19 mm/internal.h ALLOC_OOM */
export const ALLOC_OOM = 0x08;
/** @kernel v4.0 mm/internal.h ALLOC_HARDER */
export const ALLOC_HARDER = 0x10;
/** @kernel v4.0 mm/internal.h ALLOC_HIGH */
export const ALLOC_HIGH = 0x20;
/** @kernel v4.0 mm/internal.h ALLOC_CMA */
export const ALLOC_CMA = 0x80;

export type AllocFlags = number;

/** The flags by the names that cases write. */
export const ALLOC_FLAG_BITS = {
  WMARK_MIN: ALLOC_WMARK_MIN,
  WMARK_LOW: ALLOC_WMARK_LOW,
  WMARK_HIGH: ALLOC_WMARK_HIGH,
  OOM: ALLOC_OOM,
  HIGH: ALLOC_HIGH,
  HARDER: ALLOC_HARDER,
  CMA: ALLOC_CMA,
} as const;
export type AllocFlagName = keyof typeof ALLOC_FLAG_BITS;
export const ALLOC_FLAG_NAMES = ['HIGH', 'HARDER', 'CMA'] as const satisfies readonly AllocFlagName[];

/** The named flags, or'ed. */
export const allocFlagsOf = (names: readonly AllocFlagName[]): AllocFlags =>
  names.reduce((flags, name) => flags | ALLOC_FLAG_BITS[name], 0);
