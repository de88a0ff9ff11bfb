import { tmpdir } from 'node:os';
import type { Kernel } from '../../model/index.ts';
import { judge, type Property } from '../../properties/index.ts';
import { Checkpoint } from './checkpoint.ts';
import { happeningMarks } from './happenings.ts';
import { searchWith, type Helpers } from './helpers.ts';
import { graphBytes } from './liveness/graph.ts';
import { Liveness } from './liveness/judge.ts';
import { failedMark, judgedMark, labelMark } from './machine/judges.ts';
import { Marks } from './marks.ts';
import type { CutOff, Exploration, ExploredEventually, ExploredOutcome, ExploredProperty, Way } from './result.ts';
import { Search, type Counts } from './search.ts';
import { inFiles } from './store/spilled.ts';
import { STEPS, type JudgedSpace, type System } from './system.ts';

/** How far an exploration may go, and who takes part in it. */
export interface Limits {
  /** Milliseconds after which it is cut off. */
  readonly time?: number;
  /** Bytes of memory that the states and their table may take; beyond, they are kept in files, which is slower. */
  readonly memory?: number;
  /** Where these files are made; among the machine’s temporary ones if left out. */
  readonly folder?: string;
  readonly onSpill?: () => void;
  /** Who expands states beside this thread; nobody if left out. */
  readonly helpers?: Helpers<never>;
  /** A file that it goes on from, if there is one, and that it is saved in on the way and when it is cut off. */
  readonly checkpoint?: string;
  readonly onProgress?: (counts: Counts, ms: number) => void;
}

/** The exploration of a system. */
export class Explorer<S, M> {
  readonly #system: System<S, M>;
  readonly #limits: Limits;
  readonly #marks = new Marks();
  readonly #space: JudgedSpace<S, M>;
  readonly #search: Search<S, M>;
  #isSpilled = false;

  constructor(system: System<S, M>, limits: Limits) {
    this.#system = system;
    this.#limits = limits;
    this.#space = system.judged(this.#marks);
    this.#search = new Search(this.#space, this.#marks);
  }

  async run(): Promise<Exploration> {
    const { kernel, scope } = this.#system;
    const { helpers, memory = Infinity } = this.#limits;
    const search = this.#search;
    const marks = this.#marks;
    const checkpoint = this.#resumed();
    const start = performance.now();
    let cutOff: CutOff | undefined;
    const goOn = (): boolean => {
      const ms = performance.now() - start;
      this.#limits.onProgress?.(search.counts, ms);
      this.#spillIfNeeded();
      cutOff = this.#cutOff(ms);
      if (cutOff === undefined) checkpoint?.write(search, marks, 'if it is time');
      return cutOff === undefined;
    };
    if (helpers === undefined) while (goOn() && search.step());
    else await searchWith(search, helpers, (lines) => marks.add(lines), goOn);
    if (cutOff === undefined) checkpoint?.remove();
    else checkpoint?.write(search, marks, 'now');
    const asked = this.#asked();
    const roomForGraph = search.bytes + graphBytes(search.counts) <= memory;
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
      spilled: search.spilled,
      properties: [...this.#system.properties.map((property) => this.#resultOf(property)), ...asked],
      eventually,
      ...(cutOff === undefined && !roomForGraph ? { noRoomFor: graphBytes(search.counts) } : {}),
      witnessOf: (name) => this.#witnessOf(name),
      coverage: this.#system.coverage(this.#marks, (state) => (state < 0 ? 0 : search.wayTo(state).length)),
    };
  }

  /** The checkpoint, after going on from it if there is one. */
  #resumed(): Checkpoint | undefined {
    const { kernel, scope, properties } = this.#system;
    const { checkpoint: path } = this.#limits;
    if (path === undefined) return undefined;
    const ids = properties.map(({ id }) => id);
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
    const { time = Infinity } = this.#limits;
    return this.#search.counts.queue > 0 && ms >= time ? 'time' : undefined;
  }

  #spillIfNeeded(): void {
    const { memory = Infinity, folder = tmpdir(), onSpill } = this.#limits;
    const search = this.#search;
    if (this.#isSpilled || search.counts.queue === 0 || search.bytesAhead <= memory) return;
    this.#isSpilled = true;
    search.keepIn(inFiles(folder, memory));
    onSpill?.();
  }

  #eventually(): readonly ExploredEventually[] {
    const { kernel } = this.#system;
    const owing = this.#system.owedOn(this.#search.state(0));
    if (owing.length === 0) return [];
    const liveness = new Liveness(this.#search, this.#system, owing);
    return owing.map((one) => {
      const { property } = one;
      const { owed, lasso } = liveness.find(one);
      const found = { property, outcome: outcomeOf(property, kernel, owed, lasso !== undefined), owed };
      if (lasso === undefined) return found;
      this.#system.checkRound(lasso);
      return Object.assign(found, { lasso });
    });
  }

  /** What the questions come to, asked about every state that was found. */
  #asked(): readonly ExploredProperty[] {
    const { kernel } = this.#system;
    const search = this.#search;
    const findings = this.#system.ask(search.all());
    return findings.map(({ property, judged, failing, labels, first }) => {
      const outcome = outcomeOf(property, kernel, judged, failing > 0);
      const counts = Object.keys(property.mustSee).map((label) => ({ label, cases: labels.get(label) ?? 0 }));
      const found = { property, outcome, judged, failing, labels: counts };
      if (first === undefined) return found;
      const { state, question: given, failure } = first;
      return Object.assign(found, { counterexample: { moves: search.wayTo(state).length - 1, given, failure } });
    });
  }

  #resultOf(property: Property): ExploredProperty {
    const { id, mustSee } = property;
    const marks = this.#marks;
    const judged = marks.get(judgedMark(id)).count;
    const failing = marks.get(failedMark(id)).count;
    const labels = Object.keys(mustSee).map((label) => ({ label, cases: marks.get(labelMark(id, label)).count }));
    const outcome = outcomeOf(property, this.#system.kernel, judged, failing > 0);
    const base = { property, outcome, judged, failing, labels };
    return failing > 0 ? { ...base, counterexample: this.#counterexampleOf(property) } : base;
  }

  #counterexampleOf(property: Property): ExploredProperty['counterexample'] & object {
    const witness = this.#witness(failedMark(property.id));
    const failure = judge(property, this.#system.kernel, witness.given);
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
    let last: M | undefined;
    this.#marks.listener = (hit) => {
      if (hit === id) last ??= this.#space.moving;
    };
    if (first < 0) this.#space.start(() => {});
    else this.#space.expand(search.state(first), () => {});
    this.#marks.listener = undefined;
    this.#marks.drop();
    const way = first < 0 ? [] : search.movesAlong(search.wayTo(first));
    const moves = last === undefined ? way : [...way, last];
    return { moves: moves.length - 1, given: this.#system.scenarioOf(moves) };
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
