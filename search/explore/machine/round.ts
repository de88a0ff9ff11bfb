import { runScenario, type Kernel } from '../../../model/index.ts';
import { unrolled, type KswapdLasso } from '../liveness/lasso.ts';
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

/** Throws if a round does not lead to where it began, when it is run. */
export function checkRound(kernel: Kernel, lasso: KswapdLasso, traces: Traces): void {
  const after = (rounds: number): string => {
    const { machine } = runScenario(kernel, unrolled(lasso, rounds));
    return JSON.stringify(withoutTraces(machine, traces));
  };
  if (lasso.loop.length > 0 && after(1) !== after(2)) throw new Error('a round does not lead to where it began');
}
