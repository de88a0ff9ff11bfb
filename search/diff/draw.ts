import fc from 'fast-check';
import type { Bounds } from './plan.ts';

/** Draws cases and hands each to `visit`. What `visit` throws is thrown on. */
export function drawCases<T>(cases: fc.Arbitrary<T>, bounds: Bounds, visit: (given: T) => void): void {
  const { errorInstance } = fc.check(fc.property(cases, visit), { ...bounds, endOnFailure: true });
  if (errorInstance !== undefined && errorInstance !== null) throw errorInstance;
}
