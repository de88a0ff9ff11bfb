import type { Kernel, Step } from '../../../model/index.ts';
import type { Failure, See, StepProperty } from '../../../properties/index.ts';
import type { Marks } from '../marks.ts';

/** The names of what is marked of a property. */
export const judgedMark = (id: string): string => `judged ${id}`;
export const failedMark = (id: string): string => `failed ${id}`;
export const labelMark = (id: string, label: string): string => `label ${id}: ${label}`;

/** Judges properties on every step, and marks what came of it. */
export function judgesOf(kernel: Kernel, properties: readonly StepProperty[], marks: Marks): (step: Step) => void {
  const judges = properties.map((property) => judgeOf(property, marks));
  return (step) => {
    const subject = { kernel, step };
    for (const judge of judges) judge(subject);
  };
}

/** A property that is judged again and again while states are expanded. */
interface Judged<S> {
  readonly id: string;
  readonly mustSee: Readonly<Record<string, number>>;
  readonly check: (subject: S, see: See<string>) => Failure | undefined;
}

/** Judges one property on one subject after another, and marks what came of it. */
export function judgeOf<S>({ id, check, mustSee }: Judged<S>, marks: Marks): (subject: S) => void {
  const judged = marks.id(judgedMark(id));
  const failed = marks.id(failedMark(id));
  const labels = new Map(Object.keys(mustSee).map((label) => [label, marks.id(labelMark(id, label))]));
  let seen = false;
  const see: See<string> = (label) => {
    seen = true;
    marks.hit(labels.get(label)!);
  };
  return (subject) => {
    seen = false;
    const failure = check(subject, see);
    if (failure !== undefined) marks.hit(failed);
    if (seen || failure !== undefined) marks.hit(judged);
  };
}
