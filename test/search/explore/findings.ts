import type { Exploration } from '../../../search/explore/result.ts';

/** All that an exploration finds, without the time and the memory that it took. */
export const findings = ({ counts, steps, properties: results, eventually, coverage }: Exploration) => ({
  counts,
  steps,
  results: results.map(({ property, ...rest }) => ({ id: property.id, ...rest })),
  eventually,
  coverage,
});
