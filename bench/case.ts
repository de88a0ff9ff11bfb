/** Something whose speed is measured. */
export interface Case {
  readonly name: string;
  /** What one operation is: a call, a scenario. */
  readonly unit: string;
  /** Operations in one run. */
  readonly operations: number;
  /** Does them all, and returns a number that depends on each, so that none can be left out. */
  readonly run: () => number;
  /** The name of an earlier case that this one's speed is divided by. */
  readonly against?: string;
}

/** The sum of what an operation answers to each input. */
export function sumOver<T>(inputs: readonly T[], answer: (input: T) => number): number {
  let sum = 0;
  for (const input of inputs) sum += answer(input);
  return sum;
}

/** The case, its speed divided by that of another. */
export const comparedWith = ({ name }: Case, one: Case): Case => ({ ...one, against: name });
