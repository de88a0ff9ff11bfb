import type { Step } from '../../../model/index.ts';
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
