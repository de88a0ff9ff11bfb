import type { Kernel } from '../../model/index.ts';
import { sameAnswer, yesOrNoOf } from './answer.ts';
import { askAnswering, type Call } from './recorder.ts';

const COMPACTION_ANSWERS = [
  'COMPACT_SKIPPED',
  'COMPACT_CONTINUE',
  'COMPACT_PARTIAL',
  'COMPACT_SUCCESS',
  'COMPACT_NOT_SUITABLE_ZONE',
];

/** What a rule might have answered instead; nothing for one that counts. */
function otherAnswers(answer: unknown): readonly unknown[] {
  if (typeof answer === 'boolean') return [!answer];
  if (typeof answer === 'string') return COMPACTION_ANSWERS.filter((other) => other !== answer);
  const said = yesOrNoOf(answer);
  return said === undefined ? [] : [Object.assign({}, answer, { [said[0]]: !said[1] })];
}

/**
 * The numbers of the calls that decide: had one of them alone been answered otherwise, so would what was asked. It is
 * asked once more for each.
 */
export function decisiveCalls(
  kernel: Kernel,
  ask: (k: Kernel) => unknown,
  answer: unknown,
  calls: readonly Call[],
): ReadonlySet<number> {
  const decisive = new Set<number>();
  const look = (call: Call): void => {
    const decides = otherAnswers(call.answer).some(
      (other) => !sameAnswer(askAnswering(kernel, ask, call.number, other), answer),
    );
    if (decides) decisive.add(call.number);
    // Within a call that decides nothing there is nothing that decides.
    if (decides || otherAnswers(call.answer).length === 0) call.calls.forEach(look);
  };
  calls.forEach(look);
  return decisive;
}
