import { applyEvent, isYieldPoint, type Kernel, type Machine, type Run, type Step } from '../../model/index.ts';
import { isOutward, type Decided, type Made } from './decisions.ts';

/** What led to a decision: kswapd's way since it last waited or decided, or what another task did. */
export interface Stretch {
  /** The points that kswapd passed, in order; none for what another task did. */
  readonly through: readonly string[];
  /** The step that decided. */
  readonly step: Step;
  /** Goes the way again; the answer is what was decided. */
  readonly ask: (k: Kernel) => readonly Decided[];
}

/** kswapd passes no more points than these without waiting, unless a rule is answered as it never would be. */
const MOST_POINTS = 200;

/** Lets kswapd run until it decides something, or waits. */
function runOn(k: Kernel, from: Machine): readonly Decided[] {
  let machine = from;
  for (let passed = 0; passed < MOST_POINTS; passed++) {
    const { at } = machine.thread;
    if (at === 'stopped' || isYieldPoint(at)) return [];
    const { machine: after, records } = k.transitions[at]!.step(k, machine);
    const decided = records.filter(isOutward);
    if (decided.length > 0) return decided;
    machine = after;
  }
  return [];
}

/** What led to a decision of a run. */
export function stretchOf({ steps }: Run, made: Made): Stretch {
  const ended = made.step >= steps.length;
  const at = ended ? steps.findLastIndex(({ kind }) => kind === 'transition') : made.step;
  const step = steps[at]!;
  if (step.kind === 'event') {
    const { before, event } = step;
    return { through: [], step, ask: (k) => applyEvent(k, before, event).records.filter(isOutward) };
  }
  let start = at;
  while (goesOn(steps[start - 1])) start--;
  const { before } = steps[start]!;
  const through = steps.slice(start, at + 1).map((passed) => passed.at);
  return { through, step, ask: (k) => runOn(k, before) };
}

/** Whether a step is part of the way to the next one: kswapd neither waited nor decided. */
const goesOn = (step: Step | undefined): boolean => step?.kind === 'transition' && !step.records.some(isOutward);
