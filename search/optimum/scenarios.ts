import { isLegalScenarioNode } from '../../generators/index.ts';
import type { Scope } from '../../kernel/schema/scope.ts';
import {
  applyEvent,
  baseOf,
  bootScenario,
  isYieldPoint,
  runMachine,
  type Event,
  type Kernel,
  type Machine,
  type Scenario,
  type Turn,
} from '../../model/index.ts';
import { choicesOf, type Choices } from '../explore/machine/choices.ts';
import { startsOf, type Start } from '../explore/machine/starts.ts';

/** How long a scenario is, as shrinkers measure it: what other tasks do in it, then the turns of its script. */
export interface Length {
  readonly events: number;
  readonly turns: number;
}

/** Empty turns past the script that a run is given, for what it takes to show. */
const TURNS_PAST_SCRIPT = 24;

const TO_THE_NEXT_WAIT = { script: [], limit: 0 } as const;

/**
 * Every scenario of just this length in a scope, as a kernel's kswapd comes to its waits: all starts, and in each turn
 * all that may come of the wait and all events that may happen. Runs go on after the script, with empty turns.
 */
export function* scenariosOf(kernel: Kernel, scope: Scope, length: Length): Generator<Scenario> {
  const base = baseOf(kernel);
  for (const start of startsOf(scope)) {
    if (!isLegalScenarioNode(start.node)) continue;
    yield* new Scripts(kernel, choicesOf(scope, base), start).from(bootScenario(kernel, start), [], length);
  }
}

class Scripts {
  readonly #kernel: Kernel;
  readonly #choices: Choices;
  readonly #start: Start;

  constructor(kernel: Kernel, choices: Choices, start: Start) {
    this.#kernel = kernel;
    this.#choices = choices;
    this.#start = start;
  }

  /** Scripts that go on like this with so much to come, from a machine whose kswapd is on its way. */
  *from(m: Machine, script: readonly Turn[], { events, turns }: Length): Generator<Scenario> {
    if (turns === 0) {
      if (events === 0) yield { ...this.#start, script, limit: script.length + TURNS_PAST_SCRIPT };
      return;
    }
    const { machine } = runMachine(this.#kernel, m, TO_THE_NEXT_WAIT);
    const { at } = machine.thread;
    if (!isYieldPoint(at)) return;
    const point = this.#kernel.yields[at]!;
    for (const work of this.#choices.work(machine)) {
      const worked = point.work(this.#kernel, machine, work);
      for (const { after, happened } of this.#happenings(worked, [], turns === 1 ? events : 0, events)) {
        const rest = { events: events - happened.length, turns: turns - 1 };
        const lefts = this.#choices.remaining(after);
        for (const left of lefts) {
          const turn: Turn = happened.length === 0 ? { ...work, ...left } : { ...work, ...left, events: happened };
          yield* this.from(point.resume(this.#kernel, after, turn) ?? after, [...script, turn], rest);
        }
      }
    }
  }

  /** What may happen while kswapd waits: from so many events to so many, one after the other. */
  *#happenings(m: Machine, happened: readonly Event[], least: number, most: number): Generator<Happened> {
    if (happened.length >= least) yield { after: m, happened };
    if (happened.length === most) return;
    for (const event of this.#choices.events(m)) {
      const { machine } = applyEvent(this.#kernel, m, event);
      yield* this.#happenings(machine, [...happened, event], least, most);
    }
  }
}

interface Happened {
  readonly after: Machine;
  readonly happened: readonly Event[];
}
