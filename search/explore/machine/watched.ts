import type { Scope } from '../../../kernel/schema/scope.ts';
import type { Kernel, Machine, Step } from '../../../model/index.ts';
import { isAskedOf, type Property, type RunProperty, type See, type Watch } from '../../../properties/index.ts';
import { Marks } from '../marks.ts';
import type { Reach } from '../space.ts';
import { STEPS, type JudgedSpace, type System } from '../system.ts';
import { judgeOf } from './judges.ts';
import { scenarioOf, type Move } from './move.ts';
import { tracesIn } from './rest.ts';
import { lassoOf } from './round.ts';
import { MachineSpace } from './space.ts';

/** A machine, and what a property of runs remembers of how it came there. */
export interface Watched {
  readonly machine: Machine;
  readonly seen: object;
}

interface WatchedProperty extends RunProperty {
  readonly watch: Watch<object, string>;
}

/** The properties of runs that remember little on the way, and say something of a kernel. */
export const watchedPropertiesOf = (kernel: Kernel, properties: readonly Property[]): readonly WatchedProperty[] =>
  properties.filter(
    (one): one is WatchedProperty => one.over === 'run' && one.watch !== undefined && isAskedOf(one, kernel),
  );

type Watcher = (seen: object, step: Step) => void;

/** Judges a step by what a property remembers, and marks what came of it. */
function watcherOf({ id, watch, mustSee }: WatchedProperty, kernel: Kernel, marks: Marks): Watcher {
  const steps = marks.id(STEPS);
  const check = ({ seen, step }: { readonly seen: object; readonly step: Step }, see: See<string>) =>
    watch.next(seen, step, see, kernel);
  const judge = judgeOf({ id, mustSee, check }, marks);
  return (seen, step) => {
    judge({ seen, step });
    marks.hit(steps);
  };
}

const copied = (seen: object): object => Object.assign({}, seen);

/** The space of a kswapd and its environment, in which states differ also by what a property of runs remembers. */
class WatchedSpace implements JudgedSpace<Watched, Move> {
  readonly #watch: WatchedProperty['watch'];
  readonly #watcher: Watcher;
  readonly #inner: MachineSpace;
  /** What is remembered where a move begins, after the steps that several moves share, and after the last step. */
  #base: object = {};
  #shared: object = {};
  #now: object = {};
  /** A start is about to be tried. */
  #starting = false;

  constructor(kernel: Kernel, scope: Scope, property: WatchedProperty, marks: Marks) {
    this.#watch = property.watch;
    this.#watcher = watcherOf(property, kernel, marks);
    this.#inner = new MachineSpace({
      kernel,
      scope,
      traces: tracesIn(kernel, scope),
      marks: new Marks(),
      onStep: (step) => this.#onStep(step),
    });
  }

  get moving(): Move | undefined {
    return this.#inner.moving;
  }

  start(reach: Reach<Watched, Move>): void {
    this.#starting = true;
    this.#inner.start((machine, move) => {
      reach({ machine, seen: this.#now }, move);
      this.#starting = true;
    });
  }

  expand({ machine, seen }: Watched, reach: Reach<Watched, Move>): void {
    this.#base = seen;
    this.#inner.expand(machine, (next, move) => reach({ machine: next, seen: this.#now }, move));
  }

  #onStep(step: Step): void {
    if (this.#starting && step.kind === 'transition') {
      this.#base = this.#watch.begin(step.before);
      this.#shared = copied(this.#base);
    }
    this.#starting = false;
    if (step.kind === 'resume') this.#shared = copied(this.#base);
    if (step.kind === 'event') this.#now = copied(this.#base);
    else this.#now = step.kind === 'work' ? copied(this.#shared) : this.#shared;
    this.#watcher(this.#now, step);
  }
}

const NOWHERE = { stem: [], moves: [], ends: [] };
const NOTHING = { ways: [], records: [], rules: [], answers: [], clauses: [] };

/** One kswapd and its environment, and a property of runs that watches it, as a system to be explored. */
export function watchedSystem(kernel: Kernel, scope: Scope, property: WatchedProperty): System<Watched, Move> {
  const judged = (marks: Marks): WatchedSpace => new WatchedSpace(kernel, scope, property, marks);
  return {
    kernel,
    scope,
    properties: [property],
    judged,
    bare: () => judged(new Marks()),
    scenarioOf,
    questions: [],
    ask: () => [],
    owedOn: () => [],
    isEvent: ({ kind }) => kind === 'event',
    lassoOf,
    run: () => NOWHERE,
    coverage: () => NOTHING,
  };
}
