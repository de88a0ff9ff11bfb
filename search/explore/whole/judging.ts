import type { Kernel, WholeRun, WholeScenario, WholeStep } from '../../../model/index.ts';
import type { MachineProperty } from '../../../properties/index.ts';
import { recordMark, wentMark } from '../machine/coverage.ts';
import { judgeOf } from '../machine/judges.ts';
import type { Marks } from '../marks.ts';
import { STEPS } from '../system.ts';
import type { Stretch } from './space.ts';

/** Judges properties on every turn, as a run of one turn, and marks what came of it. */
export function turnJudgesOf(
  kernel: Kernel,
  scenario: WholeScenario,
  properties: readonly MachineProperty[],
  marks: Marks,
): (stretch: Stretch) => void {
  const judges = properties.map((property) => judgeOf(property, marks));
  return ({ start, machine, steps, trace }) => {
    const run: WholeRun = { kernel, scenario, start, machine, steps, trace, end: 'script', turns: 1 };
    for (const judge of judges) judge(run);
  };
}

/** What goes where, by the name that its ways are listed by. */
export const IN_ALLOCATOR = 'allocator: ';
export const IN_DIRECT_RECLAIM = 'direct reclaim: ';

/** Where a step leads from where: undefined if nobody goes anywhere. */
function wayOf(one: WholeStep): readonly [at: string, to: string] | undefined {
  if (one.of === 'task' || one.of === 'event') return undefined;
  const { at, kind } = one.step;
  if (kind !== 'transition' && kind !== 'resume') return undefined;
  const to = one.of === 'kswapd' ? one.step.after.thread.at : one.step.after.task.at;
  if (kind === 'resume' && to === at) return undefined;
  if (one.of === 'kswapd') return [at, to];
  return [`${one.of === 'allocation' ? IN_ALLOCATOR : IN_DIRECT_RECLAIM}${at}`, to];
}

/** Marks every step, where everyone goes, and what a tracer sees. */
export function turnCoverageOf(marks: Marks): (stretch: Stretch) => void {
  const steps = marks.id(STEPS);
  return (stretch) => {
    for (const step of stretch.steps) {
      marks.hit(steps);
      const way = wayOf(step);
      if (way !== undefined) marks.hit(marks.id(wentMark(...way)));
      for (const { ev } of step.records) marks.hit(marks.id(recordMark(ev)));
    }
  };
}
