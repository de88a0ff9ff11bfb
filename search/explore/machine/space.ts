import type { Scope } from '../../../kernel/schema/scope.ts';
import {
  applyEvent,
  bootScenario,
  isYieldPoint,
  runMachine,
  SILENT,
  type Event,
  type Kernel,
  type Machine,
  type Step,
  type Turn,
} from '../../../model/index.ts';
import type { Marks } from '../marks.ts';
import type { Reach, Space } from '../space.ts';
import { choicesOf, type Choices } from './choices.ts';
import type { Move } from './move.ts';
import { withoutTraces, type Traces } from './rest.ts';
import { startsOf } from './starts.ts';

/** Runs to the next wait, and no further. */
const TO_THE_NEXT_WAIT = { script: [], limit: 0 } as const;

/** What a kernel's kswapd and its environment may come to in a scope. */
export interface Explored {
  readonly kernel: Kernel;
  readonly scope: Scope;
  readonly marks: Marks;
  /** Hears of every step. */
  readonly onStep: (step: Step) => void;
  /** How states are told apart; by all that they are if left out. */
  readonly traces?: Traces;
}

/**
 * Every interleaving of a kswapd with its environment. Its states are those where kswapd waits and the work of its wait
 * is done, or where it has ended: between two of them kswapd passes its points by itself, one after the other, so that
 * nothing could happen differently; every step is looked at all the same.
 */
export class MachineSpace implements Space<Machine, Move> {
  readonly #explored: Explored;
  readonly #choices: Choices;
  readonly #stopped: number;
  readonly #spinning: number;
  /** The move that is being made, as far as it has been chosen. */
  moving: Move | undefined;

  constructor(explored: Explored) {
    this.#explored = explored;
    this.#choices = choicesOf(explored.scope, explored.kernel);
    this.#stopped = explored.marks.id('end stopped');
    this.#spinning = explored.marks.id('end spinning');
  }

  start(reach: Reach<Machine, Move>): void {
    const { kernel, scope } = this.#explored;
    for (const start of startsOf(scope)) {
      this.moving = { kind: 'start', start };
      const booted = bootScenario(kernel, start);
      this.#goOn(booted, (work) => ({ kind: 'start', start, work }), reach);
    }
  }

  expand(m: Machine, reach: Reach<Machine, Move>): void {
    const { at } = m.thread;
    if (!isYieldPoint(at)) return;
    const { kernel, onStep } = this.#explored;
    for (const event of this.#choices.events(m)) this.#happen(m, event, reach);
    for (const left of this.#choices.remaining(m)) {
      this.moving = { kind: 'turn', left, beganRun: false };
      const after = kernel.yields[at]!.resume(kernel, m, left) ?? m;
      onStep({ kind: 'resume', at, turn: 0, input: left, before: m, after, records: SILENT });
      this.#goOn(after, (work, beganRun) => ({ kind: 'turn', left, work, beganRun }), reach);
    }
  }

  #happen(m: Machine, event: Event, reach: Reach<Machine, Move>): void {
    const { at } = m.thread;
    if (!isYieldPoint(at)) return;
    const { kernel, onStep } = this.#explored;
    const move: Move = { kind: 'event', event };
    this.moving = move;
    const { machine: after, records } = applyEvent(kernel, m, event);
    onStep({ kind: 'event', at, turn: 0, event, before: m, after, records });
    reach(this.#told(after), move);
  }

  /** kswapd passes its points up to where it waits, and then whatever may come of that. */
  #goOn(from: Machine, moveOf: (work: Turn, beganRun: boolean) => Move, reach: Reach<Machine, Move>): void {
    const { kernel, marks, onStep } = this.#explored;
    const { end, machine, trace } = runMachine(kernel, from, TO_THE_NEXT_WAIT, onStep);
    const beganRun = trace.some(({ ev }) => ev === 'pageoutrun');
    const { at } = machine.thread;
    if (!isYieldPoint(at)) {
      marks.hit(end === 'stopped' ? this.#stopped : this.#spinning);
      reach(this.#told(machine), moveOf(NO_WORK, beganRun));
      return;
    }
    for (const work of this.#choices.work(machine)) {
      const move = moveOf(work, beganRun);
      this.moving = move;
      const after = kernel.yields[at]!.work(kernel, machine, work);
      onStep({ kind: 'work', at, turn: 0, input: work, before: machine, after, records: SILENT });
      reach(this.#told(after), move);
    }
  }

  #told(m: Machine): Machine {
    const { traces } = this.#explored;
    return traces === undefined ? m : withoutTraces(m, traces);
  }
}

const NO_WORK: Turn = {};
