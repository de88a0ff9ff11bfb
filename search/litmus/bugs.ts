import type { Bug } from '../../history/index.ts';
import type { Kernel } from '../../model/index.ts';
import { caseKind } from '../../properties/index.ts';
import { showBug, type ShownBug } from '../history.ts';
import type { Outcome } from './litmus.ts';
import { runLitmus } from './run.ts';
import { caseShape } from './shape.ts';

/** What the smallest case of a bug comes to: with the bug it must always happen, and without it never. */
export interface BugLitmus {
  /** What the shape of the case is made of, such as `1-zone+wakeup`. */
  readonly name: string;
  /** Why it comes out as it does, in two sentences. */
  readonly why: string;
  readonly shown: ShownBug;
  readonly withIt: Outcome;
  readonly withoutIt: Outcome;
}

/** Runs the smallest case of a bug on the kernel that has it, and on the same kernel without it. */
export function runBug(bug: Bug): BugLitmus {
  const shown = showBug(bug);
  const { property, given, failure } = shown;
  const outcomeIn = (kernel: Kernel): Outcome => runLitmus({ property, given, anywhere: [] }, kernel).outcome;
  const name = caseShape(caseKind(property), given);
  const why = `With the bug ${failure.clause}. Without it this holds: ${property.title}.`;
  return { name, why, shown, withIt: outcomeIn(bug.faulty), withoutIt: outcomeIn(bug.fixed) };
}

/** Whether the case tells the two kernels apart. */
export const tellsApart = ({ withIt, withoutIt }: BugLitmus): boolean => withIt === 'always' && withoutIt === 'never';
