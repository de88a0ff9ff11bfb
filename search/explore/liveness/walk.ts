import { eachMove, type Part } from './components.ts';

/** One move on a walk through a graph. */
export interface WalkStep {
  readonly from: number;
  readonly to: number;
  readonly kinds: number;
}

/** The shortest walk through a part, from any of some states to a move that is wanted, the move included. */
export function walkTo(
  part: Part,
  from: Iterable<number>,
  wanted: (step: WalkStep) => boolean,
): readonly WalkStep[] | undefined {
  const before = new Map<number, WalkStep | undefined>();
  const queue: number[] = [];
  for (const state of from) {
    if (before.has(state)) continue;
    before.set(state, undefined);
    queue.push(state);
  }
  for (const state of queue) {
    let last: WalkStep | undefined;
    eachMove(part, state, (to, kinds) => {
      const step = { from: state, to, kinds };
      if (last === undefined && wanted(step)) last = step;
      if (before.has(to)) return;
      before.set(to, step);
      queue.push(to);
    });
    if (last !== undefined) return backFrom(last, before);
  }
  return undefined;
}

function backFrom(last: WalkStep, before: ReadonlyMap<number, WalkStep | undefined>): readonly WalkStep[] {
  const walk = [last];
  for (let step = before.get(last.from); step !== undefined; step = before.get(step.from)) walk.push(step);
  return walk.toReversed();
}

/** A shortest round from a state through moves of each of some kinds, one after the other, and back. */
export function roundThrough(part: Part, start: number, kinds: readonly number[]): readonly WalkStep[] {
  const round: WalkStep[] = [];
  let at = start;
  const go = (wanted: (step: WalkStep) => boolean): void => {
    const walk = walkTo(part, [at], wanted);
    if (walk === undefined) throw new Error('the states of a round do not all lead to each other');
    round.push(...walk);
    at = walk.at(-1)!.to;
  };
  for (const kind of kinds) {
    if (!round.some((step) => (step.kinds & kind) !== 0)) go((step) => (step.kinds & kind) !== 0);
  }
  if (at !== start) go(({ to }) => to === start);
  return round;
}
