import type { WholeScope } from '../../../kernel/schema/wholeScope.ts';
import {
  bootWhole,
  takeWholeTurn,
  type Kernel,
  type WholeMachine,
  type WholeScenario,
  type WholeStep,
  type WholeTrace,
} from '../../../model/index.ts';
import type { Reach, Space } from '../space.ts';
import { WholeChoices } from './choices.ts';
import type { WholeMove } from './move.ts';
import type { Traces } from '../machine/rest.ts';
import { wholeWithoutTraces } from './rest.ts';
import { wholeStartsOf } from './starts.ts';

/** What happened in one turn. */
export interface Stretch {
  readonly start: WholeMachine;
  readonly machine: WholeMachine;
  readonly steps: readonly WholeStep[];
  readonly trace: readonly WholeTrace[];
}

/** What the kswapds and tasks of a machine may come to in a scope. */
export interface ExploredWhole {
  readonly kernel: Kernel;
  readonly scope: WholeScope;
  readonly traces: Traces;
  /** Hears of every turn; nobody does if left out. */
  readonly onTurn?: (stretch: Stretch) => void;
}

/**
 * Every interleaving of a whole machine’s kswapds and tasks. Its states are those between turns: each kswapd and each
 * task waits, is done, or has not begun. In a turn one of them goes on to its next wait.
 */
export class WholeSpace implements Space<WholeMachine, WholeMove> {
  readonly #explored: ExploredWhole;
  readonly #choices: WholeChoices;
  readonly #starts: readonly WholeScenario[];
  /** The move that is being made. */
  moving: WholeMove | undefined;

  constructor(explored: ExploredWhole) {
    const { kernel, scope } = explored;
    this.#explored = explored;
    this.#choices = new WholeChoices(scope, kernel);
    this.#starts = wholeStartsOf(kernel, scope);
  }

  start(reach: Reach<WholeMachine, WholeMove>): void {
    const { kernel } = this.#explored;
    for (const start of this.#starts) {
      this.moving = { kind: 'start', start };
      reach(this.#told(bootWhole(kernel, start), 0), this.moving);
    }
  }

  expand(w: WholeMachine, reach: Reach<WholeMachine, WholeMove>): void {
    const { kernel, onTurn } = this.#explored;
    for (const turn of this.#choices.turns(w)) {
      const move: WholeMove = { kind: 'turn', turn };
      this.moving = move;
      const steps: WholeStep[] = [];
      const trace: WholeTrace[] = [];
      const observe = onTurn && ((step: WholeStep): void => void steps.push(step));
      const machine = takeWholeTurn(kernel, w, turn, { turn: 0, observe, trace });
      onTurn?.({ start: w, machine, steps, trace });
      reach(this.#told(machine, 1), move);
    }
  }

  #told(w: WholeMachine, turns: number): WholeMachine {
    return wholeWithoutTraces(w, this.#explored.traces, turns);
  }
}
