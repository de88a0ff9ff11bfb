import { baseOf, type Kernel, type RuleName } from '../../model/index.ts';

/** What belongs to each of a rule's versions. */
export type ByRule<R extends RuleName, T> = ReadonlyMap<Kernel[R], T>;

/** What belongs to the version of the rule that the kernel has, or, if it is a user's own, that its base has. */
export function likeRule<R extends RuleName, T>(k: Kernel, rule: R, versions: ByRule<R, T>): T {
  const found = versions.get(baseOf(k)[rule]);
  if (found === undefined) throw new Error(`${k.base}: this version of ${rule} cannot be taken apart`);
  return found;
}
