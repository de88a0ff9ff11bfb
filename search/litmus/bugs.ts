import type { Bug } from '../../history/index.ts';
import type { Kernel } from '../../model/index.ts';
import { showBug, type ShownBug } from '../history.ts';
import type { Outcome } from './litmus.ts';
import { runLitmus } from './run.ts';

/** What the smallest case of a bug comes to: with the bug it must always happen, and without it never. */
export interface BugLitmus {
  readonly shown: ShownBug;
  readonly withIt: Outcome;
  readonly withoutIt: Outcome;
}

/** Runs the smallest case of a bug on the kernel that has it, and on the same kernel without it. */
export function runBug(bug: Bug): BugLitmus {
  const shown = showBug(bug);
  const { property, given } = shown;
  const outcomeIn = (kernel: Kernel): Outcome => runLitmus({ property, given, anywhere: [] }, kernel).outcome;
  return { shown, withIt: outcomeIn(bug.faulty), withoutIt: outcomeIn(bug.fixed) };
}

/** Whether the case tells the two kernels apart. */
export const tellsApart = ({ withIt, withoutIt }: BugLitmus): boolean => withIt === 'always' && withoutIt === 'never';
