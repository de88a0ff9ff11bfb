import type { Scope } from '../../kernel/schema/scope.ts';
import type { Kernel, Machine, Step } from '../../model/index.ts';
import { isAskedOf, judge, type Property, type StepProperty } from '../../properties/index.ts';
import { coverageIn } from './happenings.ts';
import { coverageOf, markedKernel } from './machine/coverage.ts';
import { failedMark, judgedMark, judgesOf, labelMark } from './machine/judges.ts';
import { scenarioOf, type Move } from './machine/move.ts';
import { MachineSpace } from './machine/space.ts';
import { Marks } from './marks.ts';
import type { CutOff, Exploration, ExploredOutcome, ExploredProperty, Witness } from './result.ts';
import { Search, type Counts } from './search.ts';

/** An exploration that is asked for. */
export interface ExplorePlan {
  readonly kernel: Kernel;
  readonly scope: Scope;
  readonly properties: readonly Property[];
  /** Milliseconds after which it is cut off. */
  readonly time?: number;
  /** Bytes that the states and their table may take. */
  readonly memory?: number;
  readonly onProgress?: (counts: Counts, ms: number) => void;
}

/** The properties that speak of steps, and say something of a kernel. */
export const stepPropertiesOf = (kernel: Kernel, properties: readonly Property[]): readonly StepProperty[] =>
  properties.filter((one): one is StepProperty => one.over === 'step' && isAskedOf(one, kernel));

/** Visits every state of a scope, and judges every step. */
export function explore(plan: ExplorePlan): Exploration {
  return new Explorer(plan).run();
}

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
    const judgeStep = judgesOf(kernel, this.#properties, this.#marks);
    const cover = coverageOf(this.#marks);
    const steps = this.#marks.id(STEPS);
    const onStep = (step: Step): void => {
      this.#marks.hit(steps);
      cover(step);
      judgeStep(step);
    };
    const marked = markedKernel(kernel, this.#marks);
    this.#space = new MachineSpace({ kernel: marked, scope, marks: this.#marks, onStep });
    this.#search = new Search(this.#space, this.#marks);
  }

  run(): Exploration {
    const { kernel, scope, onProgress } = this.#plan;
    const search = this.#search;
    const start = performance.now();
    let cutOff: CutOff | undefined;
    for (;;) {
      const ms = performance.now() - start;
      cutOff = this.#cutOff(ms);
      if (cutOff !== undefined || !search.step()) break;
      onProgress?.(search.counts, ms);
    }
    const ms = performance.now() - start;
    return {
      kernel,
      scope,
      counts: search.counts,
      steps: this.#marks.get(STEPS).count,
      ...(cutOff === undefined ? {} : { cutOff }),
      ms,
      bytes: search.bytes,
      properties: this.#properties.map((property) => this.#resultOf(property)),
      coverage: coverageIn(kernel, this.#marks, (state) => (state < 0 ? 0 : search.wayTo(state).length)),
    };
  }

  #cutOff(ms: number): CutOff | undefined {
    const { time = Infinity, memory = Infinity } = this.#plan;
    if (this.#search.counts.queue === 0) return undefined;
    if (ms >= time) return 'time';
    return this.#search.bytesAhead > memory ? 'memory' : undefined;
  }

  #resultOf(property: StepProperty): ExploredProperty {
    const { id, mustSee, verdicts } = property;
    const marks = this.#marks;
    const judged = marks.get(judgedMark(id)).count;
    const failing = marks.get(failedMark(id)).count;
    const labels = Object.keys(mustSee).map((label) => ({ label, steps: marks.get(labelMark(id, label)).count }));
    const known = verdicts[this.#plan.kernel.base]?.holds === false;
    const base = { property, judged, failing, labels };
    if (failing > 0) {
      const counterexample = this.#counterexampleOf(property);
      return { ...base, outcome: known ? 'known failure' : 'counterexample', counterexample };
    }
    const none: ExploredOutcome = known ? 'does not fail here' : 'holds';
    return { ...base, outcome: judged === 0 ? 'not judged' : none };
  }

  #counterexampleOf(property: StepProperty): ExploredProperty['counterexample'] & object {
    const witness = this.witness(failedMark(property.id));
    const failure = judge(property, this.#plan.kernel, witness.given);
    if (failure === undefined) throw new Error(`the way to where ${property.id} fails does not show it`);
    return { ...witness, failure };
  }

  /** The shortest way to what was marked. */
  witness(name: string): Witness {
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

const STEPS = 'steps';
