import type { Case, CaseKind } from '../../properties/index.ts';
import { makeRandom, mixed } from './random.ts';
import type { Batch, BatchResult, Counts, Entry, FailingCase } from './task.ts';

/** A case that is kept because it was the first to reach something, and the batch that it came from. */
export interface Kept extends Entry {
  readonly batch: number;
}

/** What a batch adds to all that is known. */
export interface News {
  readonly entries: readonly Kept[];
  readonly failing: readonly FailingCase[];
}

/** Cases that a batch is given to change. */
const PARENTS = 24;
/** Every other of them is from among the last of the corpus, of which this is the share. */
const RECENT_SHARE = 4;

/** The last so many batches of a kind tell whether drawn cases still reach something new. */
const LAST_BATCHES = 8;
/** Enough for the last batches of the rarest kind, and those under way. */
const YIELDS_KEPT = 128;
/** Of a hundred cases that reach something new: with so many no case is made from others, with so few most are. */
const FRESH_YIELD = 25;
const DRY_YIELD = 5;
/**
 * Of a hundred cases, most that are made from others. A script is drawn to fit the machine that it meets, turn by turn;
 * a changed one does so less often.
 */
const MOST_CHANGED: Readonly<Record<CaseKind, number>> = {
  setup: 67,
  question: 67,
  direct: 50,
  scenario: 25,
  machine: 25,
};

const NO_COUNTS: Counts = { runs: 0, failing: 0, seen: {} };

/** The sums of counts. */
function added(a: Counts, b: Counts): Counts {
  const labels = new Set([...Object.keys(a.seen), ...Object.keys(b.seen)]);
  const best = Math.max(a.best ?? -Infinity, b.best ?? -Infinity);
  return {
    ...(best === -Infinity ? {} : { best }),
    runs: a.runs + b.runs,
    failing: a.failing + b.failing,
    seen: Object.fromEntries([...labels].map((label) => [label, (a.seen[label] ?? 0) + (b.seen[label] ?? 0)])),
  };
}

/** What is remembered of a hunt, beside its corpus. */
export interface Sums {
  /** Batches that were merged, which are the first so many. */
  readonly merged: number;
  readonly runs: number;
  readonly mutated: number;
  readonly counts: Readonly<Record<string, Counts>>;
  /** Of the last batches, in order. */
  readonly yields: readonly Yield[];
}

/** How many of a batch's cases were the first to reach something. */
export interface Yield {
  readonly batch: number;
  readonly kind: CaseKind;
  readonly runs: number;
  readonly kept: number;
}

/** What a hunt has found out: the results of its batches are merged in the order of their numbers. */
export class Ledger {
  readonly #reached = new Map<CaseKind, Set<string>>();
  readonly #corpus: Kept[] = [];
  /**
   * What batches at hand are made from: the corpus up to some batch, and what it reached. Batches that are not yet run
   * hold these lists and sets: they are replaced, and never changed.
   */
  readonly #parents = new Map<CaseKind, readonly Case[]>();
  readonly #known = new Map<CaseKind, ReadonlySet<string>>();
  readonly #yields: Yield[];
  #shared = 0;
  #sums: Sums;

  constructor(sums: Sums = { merged: 0, runs: 0, mutated: 0, counts: {}, yields: [] }) {
    this.#sums = sums;
    this.#yields = [...sums.yields];
  }

  get sums(): Sums {
    return { ...this.#sums, yields: this.#yields };
  }

  get corpus(): readonly Kept[] {
    return this.#corpus;
  }

  /** Everything that was reached by cases of any kind. */
  reached(): ReadonlySet<string> {
    const all = new Set<string>();
    for (const features of this.#reached.values()) for (const feature of features) all.add(feature);
    return all;
  }

  countsOf(property: string): Counts {
    return this.#sums.counts[property] ?? NO_COUNTS;
  }

  /** Takes in a case of the corpus of an earlier hunt, with all that it reaches. */
  recall(entry: Kept): void {
    this.#keep(entry);
  }

  /** Takes in the result of the next batch. */
  merge(result: BatchResult): News {
    const { merged, runs, mutated, counts } = this.#sums;
    const sums = { ...counts };
    for (const [property, own] of Object.entries(result.counts)) {
      sums[property] = added(sums[property] ?? NO_COUNTS, own);
    }
    this.#sums = {
      merged: merged + 1,
      runs: runs + result.runs,
      mutated: mutated + result.mutated,
      counts: sums,
      yields: this.#yields,
    };
    const entries = result.entries.flatMap((entry) => this.#keep({ ...entry, batch: result.number }) ?? []);
    this.#yields.push({ batch: merged, kind: result.kind, runs: result.runs, kept: entries.length });
    if (this.#yields.length > YIELDS_KEPT) this.#yields.shift();
    return { entries, failing: result.failing };
  }

  /** What a batch starts from: the corpus of its kind as it was before another batch, and all that had been reached. */
  startOf(kind: CaseKind, seed: number, before: number): Pick<Batch, 'parents' | 'known' | 'changed'> {
    this.#share(before);
    const yields = this.#yields.filter((one) => one.batch < before && one.kind === kind);
    return {
      parents: chosen(this.#parents.get(kind) ?? [], seed),
      known: this.#known.get(kind) ?? new Set(),
      changed: changedOf(kind, yields.slice(-LAST_BATCHES)),
    };
  }

  /** Has the next batches made from the corpus up to a batch. */
  #share(before: number): void {
    const from = this.#shared;
    while (this.#shared < this.#corpus.length && this.#corpus[this.#shared]!.batch < before) this.#shared++;
    const fresh = this.#corpus.slice(from, this.#shared);
    for (const kind of new Set(fresh.map((entry) => entry.kind))) {
      const own = fresh.filter((entry) => entry.kind === kind);
      this.#parents.set(kind, [...(this.#parents.get(kind) ?? []), ...own.map(({ given }) => given)]);
      this.#known.set(kind, new Set([...(this.#known.get(kind) ?? []), ...own.flatMap(({ reached }) => reached)]));
    }
  }

  #keep(entry: Kept): Kept | undefined {
    const known = this.#reached.get(entry.kind) ?? new Set();
    this.#reached.set(entry.kind, known);
    const reached = entry.reached.filter((feature) => !known.has(feature));
    if (reached.length === 0) return undefined;
    for (const feature of reached) known.add(feature);
    const kept = { ...entry, reached };
    this.#corpus.push(kept);
    return kept;
  }
}

/** How many of a hundred cases are made from others: the more, the fewer of the last ones reached something new. */
function changedOf(kind: CaseKind, yields: readonly Yield[]): number {
  const runs = yields.reduce((sum, one) => sum + one.runs, 0);
  const kept = yields.reduce((sum, one) => sum + one.kept, 0);
  const dryness = (FRESH_YIELD - (100 * kept) / Math.max(1, runs)) / (FRESH_YIELD - DRY_YIELD);
  return runs === 0 ? 0 : Math.round(MOST_CHANGED[kind] * Math.min(1, Math.max(0, dryness)));
}

function chosen(corpus: readonly Case[], seed: number): readonly Case[] {
  if (corpus.length <= PARENTS) return corpus;
  const random = makeRandom(mixed(seed, corpus.length));
  const recent = corpus.slice(-Math.ceil(corpus.length / RECENT_SHARE));
  return Array.from({ length: PARENTS }, (_, i) => random.pick(i % 2 === 0 ? recent : corpus));
}
