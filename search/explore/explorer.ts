import { tmpdir } from 'node:os';
import type { Kernel } from '../../model/index.ts';
import { judge, type Property } from '../../properties/index.ts';
import { keptOf, restored, type Checkpoint, type Found, type Progress } from './checkpoint.ts';
import { happeningMarks } from './happenings.ts';
import { searchWith, type Helpers } from './helpers.ts';
import { graphBytes } from './liveness/graph.ts';
import { livenessOf } from './liveness/judge.ts';
import { failedMark, judgedMark, labelMark } from './machine/judges.ts';
import { Marks } from './marks.ts';
import type { Exploration, ExploredEventually, ExploredOutcome, ExploredProperty, Way } from './result.ts';
import { Search, type Counts } from './search.ts';
import { inFiles } from './store/spilled.ts';
import { STEPS, type JudgedSpace, type Owed, type System } from './system.ts';

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
  readonly onProgress?: (counts: Counts, ms: number) => void;
}

/** Once its time is up, a search that was cut off has this share of it more for questions about what it found. */
const MORE_TIME = 0.1;

/** The exploration of a system; it goes on from a checkpoint, and is saved there on the way. */
export class Explorer<S, M> {
  readonly #system: System<S, M>;
  readonly #limits: Limits;
  readonly #marks = new Marks();
  readonly #space: JudgedSpace<S, M>;
  readonly #search: Search<S, M>;
  readonly #checkpoint: Checkpoint | undefined;
  #found: Found = {};
  #isSpilled = false;

  constructor(system: System<S, M>, limits: Limits, checkpoint?: Checkpoint) {
    this.#system = system;
    this.#limits = limits;
    this.#checkpoint = checkpoint;
    this.#space = system.judged(this.#marks);
    this.#search = new Search(this.#space, this.#marks);
  }

  async run(): Promise<Exploration> {
    const { kernel, scope, properties } = this.#system;
    const { helpers, memory = Infinity, time = Infinity } = this.#limits;
    const search = this.#search;
    const marks = this.#marks;
    this.#resume();
    const start = performance.now();
    const past = (): number => performance.now() - start;
    let isOver = false;
    const goOn = (): boolean => {
      this.#limits.onProgress?.(search.counts, past());
      this.#spillIfNeeded();
      isOver = search.counts.queue > 0 && past() >= time;
      if (!isOver) this.#save('if it is time');
      return !isOver;
    };
    if (helpers === undefined) while (goOn() && search.step());
    else await searchWith(search, helpers, (lines) => marks.add(lines), goOn);
    this.#save('now');
    const asked = this.#asked(() => past() < (isOver ? time * (1 + MORE_TIME) : time), isOver);
    const roomForGraph = search.bytes + graphBytes(search.counts) <= memory;
    const eventually = isOver || !roomForGraph ? undefined : this.#eventually(() => past() < time);
    const room = isOver || roomForGraph ? {} : { noRoomFor: graphBytes(search.counts) };
    const isCut = isOver || asked === undefined || (roomForGraph && eventually === undefined);
    return {
      kernel,
      scope,
      counts: search.counts,
      steps: this.#marks.get(STEPS).count,
      ...(isCut ? { cutOff: 'time' } : {}),
      ms: past(),
      bytes: search.bytes,
      spilled: search.spilled,
      properties: [...properties.map((property) => this.#resultOf(property)), ...(asked ?? [])],
      eventually: eventually ?? [],
      notReached: [
        ...(asked === undefined ? this.#system.questions : []),
        ...(eventually === undefined ? this.#owed.map(({ property }) => property) : []),
      ],
      ...room,
      witnessOf: (name) => this.#witnessOf(name),
      coverage: this.#system.coverage(this.#marks, (state) => (state < 0 ? 0 : search.wayTo(state).length)),
    };
  }

  /** Goes on from the checkpoint, if there is something in it. */
  #resume(): void {
    const saved = this.#checkpoint?.read();
    if (saved === undefined) return;
    this.#found = saved.found;
    if (saved.search !== undefined) this.#search.resume(saved.search);
    if (saved.marks === undefined) return;
    this.#marks.clear();
    this.#marks.add(saved.marks);
  }

  #save(when: 'now' | 'if it is time'): void {
    const progress = (): Progress => ({ search: this.#search.saved(), marks: this.#marks.lines(), found: this.#found });
    this.#checkpoint?.write(progress, when);
  }

  /** A part that is begun in time; what cannot be kept half done is then done to its end, if it is kept at all. */
  #inTime(inTime: () => boolean): (() => boolean) | undefined {
    if (!inTime()) return undefined;
    return this.#checkpoint === undefined ? inTime : () => true;
  }

  #spillIfNeeded(): void {
    const { memory = Infinity, folder = tmpdir(), onSpill } = this.#limits;
    const search = this.#search;
    if (this.#isSpilled || search.counts.queue === 0 || search.bytesAhead <= memory) return;
    this.#isSpilled = true;
    search.keepIn(inFiles(folder, memory));
    onSpill?.();
  }

  get #owed(): readonly Owed<S, M>[] {
    return this.#system.owedOn(this.#search.state(0));
  }

  /** What is owed in the end, once all states are known; undefined if the time is up before. */
  #eventually(inTime: () => boolean): readonly ExploredEventually[] | undefined {
    const { kernel } = this.#system;
    const owing = this.#owed;
    if (owing.length === 0) return [];
    const { eventually: kept } = this.#found;
    if (kept !== undefined)
      return restored<ExploredEventually>(
        kept,
        owing.map(({ property }) => property),
      );
    const goOn = this.#inTime(inTime);
    const liveness = goOn && livenessOf(this.#search, this.#system, owing, goOn);
    if (liveness === undefined) return undefined;
    const found: ExploredEventually[] = [];
    for (const one of owing) {
      if (!goOn!()) return undefined;
      const { property } = one;
      const { owed, lasso, refuted } = liveness.find(one);
      const outcome = refuted === undefined ? outcomeOf(property, kernel, owed, lasso !== undefined) : 'not decided';
      found.push({
        property,
        outcome,
        owed,
        ...(lasso === undefined ? {} : { lasso }),
        ...(refuted === undefined ? {} : { why: refuted }),
      });
    }
    this.#found = { ...this.#found, eventually: found.map(keptOf) };
    this.#save('now');
    return found;
  }

  /** What the questions come to, asked about every state that was found; undefined if the time is up before. */
  #asked(inTime: () => boolean, isOver: boolean): readonly ExploredProperty[] | undefined {
    const { kernel, questions } = this.#system;
    if (questions.length === 0) return [];
    const { asked: kept } = this.#found;
    if (kept !== undefined) return restored<ExploredProperty>(kept, questions);
    const goOn = isOver ? inTime : this.#inTime(inTime);
    const search = this.#search;
    const findings = goOn && this.#system.ask(search.all(), goOn);
    const found = findings?.map(({ property, judged, failing, labels, first }): ExploredProperty => {
      const outcome = outcomeOf(property, kernel, judged, failing > 0);
      const counts = Object.keys(property.mustSee).map((label) => ({ label, cases: labels.get(label) ?? 0 }));
      const said = { property, outcome, judged, failing, labels: counts };
      if (first === undefined) return said;
      const { state, question: given, failure } = first;
      return Object.assign(said, { counterexample: { moves: search.wayTo(state).length - 1, given, failure } });
    });
    if (found === undefined || isOver) return found;
    this.#found = { ...this.#found, asked: found.map(keptOf) };
    this.#save('now');
    return found;
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
