import fc from 'fast-check';

const SEED = 1;

/** So many drawn values that are wanted, the same ones in every run. */
export const drawn = <T>(arbitrary: fc.Arbitrary<T>, count: number, wanted: (value: T) => boolean): readonly T[] =>
  fc.sample(arbitrary.filter(wanted), { seed: SEED, numRuns: count });
