import type { Kernel } from '../kernel.ts';
import { bootWhole } from './boot.ts';
import { applyWholeEvents } from './events.ts';
import { freeDue } from './held.ts';
import { moveKswapd } from './kswapd.ts';
import { isQuiet, moversOf, productiveAnswer } from './productive.ts';
import type { WholeEvent, WholeScenario, WholeTurn } from './scenario.ts';
import type { WholeMachine } from './state.ts';
import type { Recorder, WholeObserver, WholeStep, WholeTrace } from './step.ts';
import { moveTask } from './task.ts';

/** How a run ended: with the script, with nothing left to do, or cut off after `limit` turns. */
export type WholeEnd = 'script' | 'quiet' | 'limit';

export interface WholeEnded {
  readonly end: WholeEnd;
  readonly machine: WholeMachine;
  readonly trace: readonly WholeTrace[];
  /** Turns taken. */
  readonly turns: number;
}

const NO_EVENTS: readonly WholeEvent[] = [];

/** One turn: blocks whose time is up are freed, and one kswapd or task moves on. */
export function takeWholeTurn(k: Kernel, start: WholeMachine, given: WholeTurn, recorder: Recorder): WholeMachine {
  const { who, events = NO_EVENTS, ...answer } = given;
  const w = freeDue(start, recorder);
  const happen = (now: WholeMachine): WholeMachine => applyWholeEvents(k, now, events, recorder);
  return 'kswapd' in who
    ? moveKswapd(k, w, who.kswapd, answer, happen, recorder)
    : moveTask(k, w, who.task, answer, happen, recorder);
}

/** Runs a whole machine against its script, and on from there as the scenario says. */
export function runWhole(k: Kernel, scenario: WholeScenario, observe?: WholeObserver): WholeEnded {
  const { script, afterwards, limit } = scenario;
  const trace: WholeTrace[] = [];
  let machine = bootWhole(k, scenario);
  const take = (given: WholeTurn, turn: number): void => {
    machine = takeWholeTurn(k, machine, given, { turn, observe, trace });
  };
  for (const [turn, given] of script.entries()) {
    if (turn >= limit) return { end: 'limit', machine, trace, turns: turn };
    take(given, turn);
  }
  if (afterwards === 'stop') return { end: 'script', machine, trace, turns: script.length };

  const movers = moversOf(machine);
  const answer = productiveAnswer(machine);
  for (let turn = script.length; ; turn++) {
    if (isQuiet(machine)) return { end: 'quiet', machine, trace, turns: turn };
    if (turn >= limit) return { end: 'limit', machine, trace, turns: turn };
    take({ ...answer, who: movers[turn % movers.length]! }, turn);
  }
}

/** A run that was watched: every step, in order. */
export interface WholeRun extends WholeEnded {
  readonly kernel: Kernel;
  readonly scenario: WholeScenario;
  readonly start: WholeMachine;
  readonly steps: readonly WholeStep[];
}

/** Runs a whole machine and keeps every step. */
export function watchWhole(kernel: Kernel, scenario: WholeScenario): WholeRun {
  const steps: WholeStep[] = [];
  const start = bootWhole(kernel, scenario);
  return { ...runWhole(kernel, scenario, (step) => steps.push(step)), kernel, scenario, start, steps };
}
