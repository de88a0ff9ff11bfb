import type { Bug } from '../history/index.ts';
import type { Kernel } from '../model/index.ts';
import { judge, type Case, type Property } from '../properties/index.ts';

/** Whether a property fails of a case; a kernel with a rule of another one may throw, and then it shows nothing. */
export function failsIn(property: Property, kernel: Kernel, given: Case): boolean {
  try {
    return judge(property, kernel, given) !== undefined;
  } catch {
    return false;
  }
}

/** Whether a case shows the bug itself: its property fails of the faulty kernel, and not of the fixed one. */
export const showsBug =
  ({ faulty, fixed }: Pick<Bug, 'faulty' | 'fixed'>, property: Property) =>
  (given: Case): boolean =>
    failsIn(property, faulty, given) && !failsIn(property, fixed, given);
