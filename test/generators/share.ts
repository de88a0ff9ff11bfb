import fc from 'fast-check';

/** As many values as asked for, the same ones every time. */
export const sampleOf = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number): readonly T[] =>
  fc.sample(arbitrary, { numRuns, seed: 40 });

/** The percentage of cases of which something holds. */
export const percentOf = <T>(cases: readonly T[], holds: (value: T) => boolean): number =>
  (cases.filter(holds).length / cases.length) * 100;
