import type { Scope } from '../../kernel/schema/scope.ts';
import { runScenario, type Kernel, type Machine } from '../../model/index.ts';
import {
  isAskedOf,
  judge,
  type EventualProperty,
  type Property,
  type QuestionProperty,
  type StepProperty,
} from '../../properties/index.ts';
import { Checkpoint } from './checkpoint.ts';
import { coverageIn, happeningMarks } from './happenings.ts';
import { searchWith, type Helpers } from './helpers.ts';
import { unrolled, type Lasso } from './liveness/lasso.ts';
import { graphBytes } from './liveness/graph.ts';
import { Liveness } from './liveness/judge.ts';
import { failedMark, judgedMark, labelMark } from './machine/judges.ts';
import { judgedSpace, STEPS } from './machine/judging.ts';
import { scenarioOf, type Move } from './machine/move.ts';
import { askAll } from './machine/questions.ts';
import { withoutTraces } from './machine/rest.ts';
import { MachineSpace } from './machine/space.ts';
import { Marks } from './marks.ts';
import type { CutOff, Exploration, ExploredEventually, ExploredOutcome, ExploredProperty, Way } from './result.ts';
import { Search, type Counts } from './search.ts';

/** An exploration that is asked for. */
export interface ExplorePlan {
  readonly kernel: Kernel;
  readonly scope: Scope;
  readonly properties: readonly Property[];
  /** What is owed in the end, looked for once every state was visited; nothing if left out. */
  readonly eventually?: readonly EventualProperty[];
  /** Milliseconds after which it is cut off. */
  readonly time?: number;
  /** Bytes that the states and their table may take. */
  readonly memory?: number;
  /** Who expands states beside this thread; nobody if left out. */
  readonly helpers?: Helpers<Machine>;
  /** A file that it goes on from, if there is one, and that it is saved in on the way and when it is cut off. */
  readonly checkpoint?: string;
  readonly onProgress?: (counts: Counts, ms: number) => void;
}

/** The properties that speak of steps, and say something of a kernel. */
export const stepPropertiesOf = (kernel: Kernel, properties: readonly Property[]): readonly StepProperty[] =>
  properties.filter((one): one is StepProperty => one.over === 'step' && isAskedOf(one, kernel));

/** The properties that ask about states, and say something of a kernel. */
const questionPropertiesOf = (kernel: Kernel, properties: readonly Property[]): readonly QuestionProperty[] =>
  properties.filter((one): one is QuestionProperty => one.over === 'question' && isAskedOf(one, kernel));

/** The properties that an exploration judges. */
export const explorablePropertiesOf = (kernel: Kernel, properties: readonly Property[]): readonly Property[] => [
  ...stepPropertiesOf(kernel, properties),
  ...questionPropertiesOf(kernel, properties),
];

/** Visits every state of a scope, judges every step, and asks all questions about every state. */
export const explore = (plan: ExplorePlan): Promise<Exploration> => new Explorer(plan).run();

class Explorer {
  readonly #plan: ExplorePlan;
  readonly #marks = new Marks();
  readonly #properties: readonly StepProperty[];
  readonly #space: MachineSpace;
  readonly #search: Search<Machine, Move>;

  constructor(plan: ExplorePlan) {
    const { kernel, scope } = plan;
    this.#plan = plan;
    this.#properties = stepPropertiesOf(kernel, plan.properties);
    this.#space = judgedSpace(kernel, scope, this.#properties, this.#marks);
    this.#search = new Search(this.#space, this.#marks);
  }

  async run(): Promise<Exploration> {
    const { kernel, scope, helpers } = this.#plan;
    const search = this.#search;
    const marks = this.#marks;
    const checkpoint = this.#resumed();
    const start = performance.now();
    let cutOff: CutOff | undefined;
    const goOn = (): boolean => {
      const ms = performance.now() - start;
      this.#plan.onProgress?.(search.counts, ms);
      cutOff = this.#cutOff(ms);
      if (cutOff === undefined) checkpoint?.write(search, marks, 'if it is time');
      return cutOff === undefined;
    };
    if (helpers === undefined) while (goOn() && search.step());
    else await searchWith(search, helpers, (lines) => marks.add(lines), goOn);
    if (cutOff === undefined) checkpoint?.remove();
    else checkpoint?.write(search, marks, 'now');
    const asked = this.#asked();
    const roomForGraph = search.bytes + graphBytes(search.counts) <= (this.#plan.memory ?? Infinity);
    const eventually = cutOff === undefined && roomForGraph ? this.#eventually() : [];
    const ms = performance.now() - start;
    return {
      kernel,
      scope,
      counts: search.counts,
      steps: this.#marks.get(STEPS).count,
      ...(cutOff === undefined ? {} : { cutOff }),
      ms,
      bytes: search.bytes,
      properties: [...this.#properties.map((property) => this.#resultOf(property)), ...asked],
      eventually,
      ...(cutOff === undefined && !roomForGraph ? { noRoomFor: graphBytes(search.counts) } : {}),
      witnessOf: (name) => this.#witnessOf(name),
      coverage: coverageIn(kernel, this.#marks, (state) => (state < 0 ? 0 : search.wayTo(state).length)),
    };
  }

  /** The checkpoint, after going on from it if there is one. */
  #resumed(): Checkpoint | undefined {
    const { kernel, scope, checkpoint: path } = this.#plan;
    if (path === undefined) return undefined;
    const ids = this.#properties.map(({ id }) => id);
    const checkpoint = new Checkpoint(path, JSON.stringify([kernel.name, kernel.base, scope, ids]));
    const saved = checkpoint.read();
    if (saved !== undefined) {
      this.#search.resume(saved.search);
      this.#marks.clear();
      this.#marks.add(saved.marks);
    }
    return checkpoint;
  }

  #cutOff(ms: number): CutOff | undefined {
    const { time = Infinity, memory = Infinity } = this.#plan;
    if (this.#search.counts.queue === 0) return undefined;
    if (ms >= time) return 'time';
    return this.#search.bytesAhead > memory ? 'memory' : undefined;
  }

  #eventually(): readonly ExploredEventually[] {
    const { kernel, scope, eventually = [] } = this.#plan;
    if (eventually.length === 0) return [];
    const bare = new MachineSpace({ kernel, scope, marks: new Marks(), onStep: () => {} });
    const liveness = new Liveness(this.#search, bare, eventually);
    return eventually.map((property) => {
      const { owed, lasso } = liveness.find(property);
      if (lasso !== undefined) checkRound(kernel, lasso, scope.scans);
      const found = { property, outcome: outcomeOf(property, kernel, owed, lasso !== undefined), owed };
      return lasso === undefined ? found : Object.assign(found, { lasso });
    });
  }

  /** What the questions come to, asked about every state that was found. */
  #asked(): readonly ExploredProperty[] {
    const { kernel, scope, properties } = this.#plan;
    const search = this.#search;
    const findings = askAll(kernel, scope, questionPropertiesOf(kernel, properties), search.all());
    return findings.map(({ property, judged, failing, labels, first }) => {
      const outcome = outcomeOf(property, kernel, judged, failing > 0);
      const counts = Object.keys(property.mustSee).map((label) => ({ label, cases: labels.get(label) ?? 0 }));
      const found = { property, outcome, judged, failing, labels: counts };
      if (first === undefined) return found;
      const { state, question: given, failure } = first;
      return Object.assign(found, { counterexample: { moves: search.wayTo(state).length - 1, given, failure } });
    });
  }

  #resultOf(property: StepProperty): ExploredProperty {
    const { id, mustSee } = property;
    const marks = this.#marks;
    const judged = marks.get(judgedMark(id)).count;
    const failing = marks.get(failedMark(id)).count;
    const labels = Object.keys(mustSee).map((label) => ({ label, cases: marks.get(labelMark(id, label)).count }));
    const outcome = outcomeOf(property, this.#plan.kernel, judged, failing > 0);
    const base = { property, outcome, judged, failing, labels };
    return failing > 0 ? { ...base, counterexample: this.#counterexampleOf(property) } : base;
  }

  #counterexampleOf(property: StepProperty): ExploredProperty['counterexample'] & object {
    const witness = this.#witness(failedMark(property.id));
    const failure = judge(property, this.#plan.kernel, witness.given);
    if (failure === undefined) throw new Error(`the way to where ${property.id} fails does not show it`);
    return { ...witness, failure };
  }

  /** The shortest way to something that happens: a way of kswapd, a record, an answer of a rule. */
  #witnessOf(name: string): Way | undefined {
    const mark = happeningMarks(name).find((one) => this.#marks.get(one).count > 0);
    return mark === undefined ? undefined : this.#witness(mark);
  }

  /** The shortest way to what was marked. */
  #witness(name: string): Way {
    const { first } = this.#marks.get(name);
    const search = this.#search;
    const id = this.#marks.id(name);
    let last: Move | undefined;
    this.#marks.listener = (hit) => {
      if (hit === id) last ??= this.#space.moving;
    };
    if (first < 0) this.#space.start(() => {});
    else this.#space.expand(search.state(first), () => {});
    this.#marks.listener = undefined;
    this.#marks.drop();
    const way = first < 0 ? [] : search.movesAlong(search.wayTo(first));
    const moves = last === undefined ? way : [...way, last];
    return { moves: moves.length - 1, given: scenarioOf(moves) };
  }
}

/** What is said of a property that was judged so often. */
function outcomeOf(
  { verdicts }: Pick<Property, 'verdicts'>,
  { base }: Kernel,
  judged: number,
  fails: boolean,
): ExploredOutcome {
  const known = verdicts[base]?.holds === false;
  if (fails) return known ? 'known failure' : 'counterexample';
  if (judged === 0) return 'not judged';
  return known ? 'does not fail here' : 'holds';
}

/** A round must lead to where it began, when it is run. */
function checkRound(kernel: Kernel, lasso: Lasso, scans: number): void {
  const after = (rounds: number): string => {
    const { machine } = runScenario(kernel, unrolled(lasso, rounds));
    return JSON.stringify(withoutTraces(machine, scans));
  };
  if (lasso.loop.length > 0 && after(1) !== after(2)) throw new Error('a round does not lead to where it began');
}
