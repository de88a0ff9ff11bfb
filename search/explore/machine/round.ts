import { watchScenario, type Kernel, type Machine, type Turn } from '../../../model/index.ts';
import { unrolled, type KswapdLasso } from '../liveness/lasso.ts';
import type { LassoRun } from '../system.ts';
import { scenarioOf, type Move } from './move.ts';
import { withoutTraces, type Traces } from './rest.ts';

const isTurn = ({ kind }: Move): boolean => kind === 'turn';

/**
 * The lasso of moves: those that lead to a state, the first of them a start, and those that lead from it round to it
 * again. A round of turns begins where one ends, so the turn that was open at the state is closed in the stem.
 */
export function lassoOf(stem: readonly Move[], round: readonly Move[]): KswapdLasso {
  const firstTurn = round.findIndex(isTurn);
  if (firstTurn < 0) return { stem: scenarioOf(stem), loop: [] };
  const whole = scenarioOf([...stem, ...round, ...round.slice(0, firstTurn + 1)]);
  const closed = stem.filter(isTurn).length + 1;
  const turns = round.filter(isTurn).length;
  const script = whole.script.slice(0, closed);
  return { stem: { ...whole, script, limit: closed }, loop: whole.script.slice(closed, closed + turns) };
}

/** A lasso as its scenario is run, so many times round. */
export function runOf(kernel: Kernel, lasso: KswapdLasso, rounds: number, traces: Traces): LassoRun<Machine, Move> {
  const { stem, loop } = lasso;
  const first = stem.script.length;
  const last = first + rounds * loop.length;
  // One round more, as a round ends where the work of the next one is done.
  const run = watchScenario(kernel, unrolled(lasso, rounds + 1));
  const states: Machine[] = [];
  const moves: Made[] = [];
  const ends: string[] = [];
  let before = run.start;
  let beganRun = false;
  for (const step of run.steps) {
    const { kind, turn, after } = step;
    if (kind === 'transition' || kind === 'resume') {
      beganRun ||= step.records.some(({ ev }) => ev === 'pageoutrun');
      continue;
    }
    if (turn > last || (turn === last && ends.length > rounds)) break;
    const move: Move =
      kind === 'event'
        ? { kind: 'event', event: step.event }
        : { kind: 'turn', left: NO_WORK, work: step.input, beganRun };
    if (turn > first || (kind === 'event' && turn === first)) moves.push({ before, move, after });
    else states.push(after);
    if (kind === 'work' && turn >= first && (turn - first) % loop.length === 0) {
      ends.push(JSON.stringify(withoutTraces(after, traces)));
    }
    before = after;
    beganRun = false;
  }
  return { stem: loop.length === 0 ? [...states, run.machine] : states, moves, ends };
}

type Made = LassoRun<Machine, Move>['moves'][number];

const NO_WORK: Turn = {};
