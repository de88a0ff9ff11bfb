/** The parts that an answer has, each where its kind of case has it. */
export interface AnswerBody {
  readonly trace?: unknown;
  readonly result?: unknown;
  readonly final?: unknown;
  readonly finalZlc?: unknown;
}
