import type { Kernel } from '../../model/index.ts';
import { caseKind, judge, type Case, type CaseKind, type Failure, type Property } from '../../properties/index.ts';
import { ThrewOnCase } from '../threw.ts';
import { Hunter } from './hunter.ts';
import { Ledger, type Sums } from './ledger.ts';
import type { FoundCase, HuntedProperty, HuntResult } from './result.ts';
import { schedule, type Planned } from './schedule.ts';
import { STOPPED, stopOf } from './stop.ts';
import {
  savedCaseIn,
  type AtHand,
  type HuntState,
  type HuntStore,
  type OnUnusable,
  type Origin,
  type Pending,
} from './store.ts';
import type { BatchResult, FailingCase } from './task.ts';
import type { Workers } from './workers.ts';

export interface HuntPlan {
  readonly kernel: Kernel;
  readonly properties: readonly Property[];
  readonly seed: number;
  /** Cases to run beside those at hand; without them or a time, it never ends. */
  readonly runs?: number;
  /** Milliseconds to hunt for. */
  readonly time?: number;
  readonly atHand: readonly AtHand[];
  readonly workers: Workers;
  /** Where what is found is kept. */
  readonly store: HuntStore;
  /** Goes on with the hunt that was kept there. */
  readonly resume: boolean;
  /** Saves a counterexample that was made small. Returns its file. */
  readonly save: (property: Property, given: Case, failure: Failure) => string;
  /** Ends the hunt early: batches that are under way are as if they had not begun. */
  readonly stop?: AbortSignal;
  readonly onFound?: (found: FoundCase) => void;
  /** Hears of files of the hunt that goes on which cannot be used. */
  readonly onUnusable?: OnUnusable;
  readonly onProgress?: (sums: Sums, corpus: number) => void;
}

/** What came of a batch, and whether it was not a whole one. */
type Done = BatchResult & Pick<Planned, 'isCut'>;

/** Whether a property is promised of the kernel, so that a case which fails it is worth telling. */
const isPromised = ({ verdicts }: Property, { base }: Kernel): boolean => verdicts[base]?.holds !== false;

/**
 * Looks for counterexamples of properties until the time is up or so many cases were run. For a seed and a number of
 * cases the result is the same, however many workers there are and however often it was killed and resumed.
 */
export const hunt = (plan: HuntPlan): Promise<HuntResult> => new Hunt(plan).run();

class Hunt {
  readonly #plan: HuntPlan;
  readonly #byId: ReadonlyMap<string, Property>;
  readonly #found = new Map<string, FoundCase>();
  /** Properties with a counterexample, be it still large. */
  readonly #settled = new Set<string>();
  readonly #shrinking: Promise<void>[] = [];
  readonly #ledger: Ledger;
  readonly #atHand: ReadonlyMap<CaseKind, readonly AtHand[]>;
  readonly #earlier: readonly Pending[];
  readonly #kinds: number;
  #drawn = 0;
  /** What is kept of how far it came: it counts whole batches, so that a hunt for more cases can go on from there. */
  #progress: Omit<HuntState, 'seed' | 'found'>;

  constructor(plan: HuntPlan) {
    const { kernel, properties, store, resume, onUnusable = () => {} } = plan;
    this.#plan = plan;
    this.#byId = new Map(properties.map((property) => [property.id, property]));
    this.#kinds = new Set(properties.map(caseKind)).size;
    this.#earlier = store.readPending(onUnusable);
    const state = resume ? store.readState() : undefined;
    this.#ledger = new Ledger(state);
    this.#drawn = state?.drawn ?? 0;
    this.#progress = state ?? { ...this.#ledger.sums, drawn: 0, kept: 0 };
    const cases = this.#casesAtHand(state);
    const kinds = new Set(cases.map(({ kind }) => kind));
    this.#atHand = new Map([...kinds].map((kind) => [kind, cases.filter((one) => one.kind === kind)]));
    if (state === undefined) {
      store.beginAfresh(cases);
      this.#writeState();
      return;
    }
    const hunter = new Hunter(kernel, properties);
    for (const entry of store.readEntries(state, onUnusable)) {
      this.#ledger.recall({ ...entry, reached: hunter.reach(entry.kind, entry.given) });
    }
    for (const [id, { from, file }] of Object.entries(state.found)) this.#recallFound(id, from, file, onUnusable);
    for (const pending of this.#earlier) if (pending.batch < state.merged) this.#settle(pending);
  }

  /** The cases that it begins with; none if it goes on and has tried them. */
  #casesAtHand(state: HuntState | undefined): readonly AtHand[] {
    const { store, atHand } = this.#plan;
    if (state === undefined) {
      return [...this.#unfinished(this.#earlier), ...atHand, ...this.#unfinished(store.readPendingOfOthers())];
    }
    return state.merged < this.#kinds ? store.readBeginning() : [];
  }

  /** What a hunt found and had no time to make small. */
  #unfinished(earlier: readonly Pending[]): readonly AtHand[] {
    return earlier.flatMap(({ property, given }): readonly AtHand[] => {
      const one = this.#byId.get(property);
      return one === undefined ? [] : [{ kind: caseKind(one), given, from: 'search' }];
    });
  }

  async run(): Promise<HuntResult> {
    const { workers, time = Infinity, stop } = this.#plan;
    const stopped = stop === undefined ? [] : [stopOf(stop)];
    const end = performance.now() + time;
    const underWay = new Map<number, Promise<Done>>();
    const done = new Map<number, Done>();
    const batches = this.#planned();
    let next = batches.next();
    for (;;) {
      while (!next.done && underWay.size < workers.size && this.#mayStart(next.value, end)) {
        underWay.set(next.value.number, this.#start(next.value));
        next = batches.next();
      }
      if (underWay.size === 0) break;
      const result = await Promise.race([...stopped, ...underWay.values()]);
      if (result === STOPPED) return this.#result();
      underWay.delete(result.number);
      done.set(result.number, result);
      this.#mergeInOrder(done);
    }
    await Promise.race([...stopped, Promise.all(this.#shrinking)]);
    return this.#result();
  }

  /** The batches that are still to be done. */
  *#planned(): Generator<Planned> {
    const { seed, properties, runs } = this.#plan;
    const kinds = [...new Set(properties.map(caseKind))];
    const counts = new Map([...this.#atHand].map(([kind, cases]) => [kind, cases.length]));
    const { merged } = this.#ledger.sums;
    for (const planned of schedule(seed, kinds, counts, runs)) if (planned.number >= merged) yield planned;
  }

  #mayStart({ from, isGiven }: Planned, end: number): boolean {
    return this.#ledger.sums.merged >= from && (isGiven || performance.now() < end);
  }

  /** Runs a batch; what failed in it is written down at once, before its turn to be merged comes. */
  async #start({ number, kind, seed, runs, isCut, isGiven, from }: Planned): Promise<Done> {
    const { workers, store } = this.#plan;
    const start = this.#ledger.startOf(kind, seed, from);
    const given = isGiven ? { given: (this.#atHand.get(kind) ?? []).map((one) => one.given) } : {};
    const result = await workers.run({ number, kind, seed, runs, ...start, ...given });
    for (const one of result.failing) if (this.#isNews(one)) store.keepPending(number, kind, one);
    return { ...result, isCut };
  }

  #isNews({ property }: Pick<FailingCase, 'property'>): boolean {
    return isPromised(this.#byId.get(property)!, this.#plan.kernel) && !this.#settled.has(property);
  }

  #mergeInOrder(done: Map<number, Done>): void {
    const { store, onProgress } = this.#plan;
    for (;;) {
      const { merged } = this.#ledger.sums;
      const result = done.get(merged);
      if (result === undefined) return;
      done.delete(merged);
      if (result.threw !== undefined) this.#tellThrown(result.threw);
      if (merged >= this.#kinds) this.#drawn += result.runs;
      const { entries, failing } = this.#ledger.merge(result);
      store.keepEntries(entries);
      for (const one of failing) {
        if (this.#isNews(one)) this.#tell(result, one);
        else store.dropPending({ batch: merged, property: one.property });
      }
      this.#keepProgress(result);
      if (merged + 1 === this.#kinds) for (const pending of this.#earlier) this.#forget(pending);
      onProgress?.(this.#ledger.sums, this.#ledger.corpus.length);
    }
  }

  /** What an earlier hunt left unfinished has now been tried; what failed again is kept as of this hunt. */
  #forget(pending: Pending): void {
    if (pending.batch >= this.#kinds || !this.#settled.has(pending.property)) this.#plan.store.dropPending(pending);
  }

  #tell({ number }: BatchResult, { property: id, run, given }: FailingCase): void {
    const property = this.#byId.get(id)!;
    const atHand = number < this.#kinds ? this.#atHand.get(caseKind(property))![run] : undefined;
    const pending = { batch: number, property: id, given };
    if (atHand?.from !== 'saved') {
      this.#settle(pending, atHand?.from);
      return;
    }
    this.#settled.add(id);
    this.#plan.store.dropPending(pending);
    this.#finish(property, given, 'saved');
  }

  /** Has a failing case made small, and saves it. */
  #settle(pending: Pending, from: Origin = 'search'): void {
    const { property: id } = pending;
    const property = this.#byId.get(id);
    if (property === undefined || this.#settled.has(id)) return;
    this.#settled.add(id);
    const work = this.#shrink(property, pending, from);
    // What goes wrong there is told in the end; until then nobody waits for it.
    work.catch(() => undefined);
    this.#shrinking.push(work);
  }

  async #shrink(property: Property, pending: Pending, from: Origin): Promise<void> {
    const { workers, store } = this.#plan;
    const small = await workers.shrink({ property: property.id, given: pending.given });
    this.#finish(property, small, from);
    this.#writeState();
    store.dropPending(pending);
  }

  #finish(property: Property, given: Case, from: Origin): void {
    const { kernel, save, onFound } = this.#plan;
    const failure = judge(property, kernel, given)!;
    const saved = from === 'saved' ? {} : { savedAs: save(property, given, failure) };
    const found = { property, given, failure, from, ...saved };
    this.#found.set(property.id, found);
    onFound?.(found);
  }

  /** A counterexample of an earlier hunt, if its file is still there and still fails. */
  #recallFound(id: string, from: Origin, file: string, onUnusable: OnUnusable): void {
    const property = this.#byId.get(id);
    const given = savedCaseIn(file, onUnusable);
    if (property === undefined || given === undefined) return;
    const failure = judge(property, this.#plan.kernel, given);
    if (failure === undefined) return;
    this.#settled.add(id);
    this.#found.set(id, { property, given, failure, from, savedAs: file });
  }

  #keepProgress({ isCut }: Done): void {
    const { sums, corpus } = this.#ledger;
    if (!isCut) this.#progress = { ...sums, yields: [...sums.yields], drawn: this.#drawn, kept: corpus.length };
    this.#writeState();
  }

  #writeState(): void {
    const { store, seed, properties } = this.#plan;
    const found: Record<string, HuntState['found'][string]> = {};
    // In the order of the suite, whichever was made small first.
    for (const { id } of properties) {
      const { from, savedAs } = this.#found.get(id) ?? {};
      if (from !== undefined && savedAs !== undefined) found[id] = { from, file: savedAs };
    }
    store.writeState({ ...this.#progress, seed, found });
  }

  /** Has the rule throw again, here, where the error is known as what it is. */
  #tellThrown({ property: id, given }: NonNullable<BatchResult['threw']>): void {
    const property = this.#byId.get(id)!;
    try {
      judge(property, this.#plan.kernel, given);
    } catch (error) {
      throw new ThrewOnCase(given, property, error);
    }
  }

  #result(): HuntResult {
    const properties = this.#plan.properties.map((property): HuntedProperty => {
      const found = this.#found.get(property.id);
      return { property, ...this.#ledger.countsOf(property.id), ...(found === undefined ? {} : { found }) };
    });
    const { sums, corpus } = this.#ledger;
    return {
      properties,
      sums,
      drawn: this.#drawn,
      unfinished: this.#settled.size - this.#found.size,
      corpus: corpus.length,
      reached: this.#ledger.reached(),
    };
  }
}
