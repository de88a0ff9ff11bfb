/** How a failing case becomes small and readable. */
export type { Case } from './case.ts';
export { shrinkCase, simplifications } from './shrink.ts';
