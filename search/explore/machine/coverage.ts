import type { Kernel, Step } from '../../../model/index.ts';
import type { Marks } from '../marks.ts';

/** Marks where kswapd goes, and what a tracer sees. */
export function coverageOf(marks: Marks): (step: Step) => void {
  const ways = new Map<string, Map<string, number>>();
  const wayTo = (at: string, to: string): number => {
    let from = ways.get(at);
    if (from === undefined) ways.set(at, (from = new Map()));
    let id = from.get(to);
    if (id === undefined) from.set(to, (id = marks.id(wentMark(at, to))));
    return id;
  };
  const records = new Map<string, number>();
  return ({ kind, at, after, records: seen }) => {
    if (kind === 'transition' || (kind === 'resume' && after.thread.at !== at)) marks.hit(wayTo(at, after.thread.at));
    for (const { ev } of seen) {
      let id = records.get(ev);
      if (id === undefined) records.set(ev, (id = marks.id(recordMark(ev))));
      marks.hit(id);
    }
  };
}

export const wentMark = (at: string, to: string): string => `went ${at} to ${to}`;
export const recordMark = (ev: string): string => `record ${ev}`;
export const ruleMark = (rule: string, answer: string): string => `rule ${rule}: ${answer}`;

type AnyRule = (...args: readonly unknown[]) => unknown;

/** The kernel with every answer of its rules marked: yes and no, or the name that they answer with. */
export function markedKernel(kernel: Kernel, marks: Marks): Kernel {
  const marked = { ...kernel };
  for (const [name, rule] of Object.entries(kernel)) {
    if (typeof rule !== 'function' || name === 'startThread' || kernel.absent.some((absent) => absent === name))
      continue;
    Object.assign(marked, { [name]: markedRule(name, rule as AnyRule, marks) });
  }
  return marked;
}

function markedRule(name: string, rule: AnyRule, marks: Marks): AnyRule {
  const yes = marks.id(ruleMark(name, 'yes'));
  const no = marks.id(ruleMark(name, 'no'));
  const asked = marks.id(ruleMark(name, 'asked'));
  return (...args) => {
    const answer = rule(...args);
    if (answer === true) marks.hit(yes);
    else if (answer === false) marks.hit(no);
    else if (typeof answer === 'string') marks.hit(marks.id(ruleMark(name, answer)));
    else marks.hit(asked);
    return answer;
  };
}
