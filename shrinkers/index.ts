/** How a failing case becomes small and readable. */
export type { Case, Kind } from './case.ts';
export { shrinkCase, simplifications, type Shrunk, type ShrinkOptions } from './shrink.ts';
