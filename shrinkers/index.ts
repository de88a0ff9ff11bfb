/** How a failing case becomes small and readable. */
export type { Case } from './case.ts';
export { isSimpler, measure } from './measure.ts';
export { shrinkCase, simplifications } from './shrink.ts';
