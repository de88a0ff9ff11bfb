import fc from 'fast-check';
import type { Kernel } from '../../model/index.ts';
import { caseKind, judge, judgeOf, type Case, type CaseKind, type Property } from '../../properties/index.ts';
import { shrinkCase } from '../../shrinkers/index.ts';
import { arbitraryOf } from '../arbitraries.ts';
import { Tally } from '../tally.ts';
import { Covering } from './covering.ts';
import { heightsOf } from './heights.ts';
import { mutated } from './mutate/index.ts';
import { makeRandom, type Random } from './random.ts';
import { drawOff, without } from './swarm.ts';
import type { Batch, BatchResult, Counts, Entry, FailingCase, Shrinking } from './task.ts';
import { isAsLegal } from './mutate/repair.ts';

/** Cases tried to make one small: whole machines take longest to run. */
const SHRINK_TRIES: Readonly<Partial<Record<CaseKind, number>>> = { machine: 5000 };

/** Runs batches of a hunt after the properties of one kernel. */
export class Hunter {
  readonly #kernel: Kernel;
  readonly #properties: readonly Property[];
  readonly #covering: Covering;

  constructor(kernel: Kernel, properties: readonly Property[]) {
    this.#kernel = kernel;
    this.#properties = properties;
    this.#covering = new Covering(kernel);
  }

  /** Runs the cases of a batch, up to a failing one after which no more are wanted. */
  run(batch: Batch, enough: (failing: Case) => boolean = () => false): BatchResult {
    const { kind, runs } = batch;
    const tallies = this.#properties.filter((property) => caseKind(property) === kind).map((one) => new Tally(one));
    const known = new Set(batch.known);
    const entries: Entry[] = [];
    let done = 0;
    let changed = 0;
    let failing = 0;
    for (const { given, isMutant } of this.#casesOf(batch)) {
      if (done === runs) break;
      const threw = this.#judge(kind, given, tallies);
      const reached = this.#reached(tallies).filter((feature) => !known.has(feature));
      if (threw !== undefined) {
        return { ...resultOf(batch, done, changed, tallies, entries), threw: { property: threw.id, given } };
      }
      done++;
      if (isMutant) changed++;
      if (reached.length > 0) entries.push({ kind, given, reached });
      for (const feature of reached) known.add(feature);
      const before = failing;
      failing = tallies.reduce((sum, tally) => sum + tally.failing, 0);
      if (failing > before && enough(given)) break;
    }
    return resultOf(batch, done, changed, tallies, entries);
  }

  /** What a case reaches. */
  reach(kind: CaseKind, given: Case): readonly string[] {
    const tallies = this.#properties.filter((property) => caseKind(property) === kind).map((one) => new Tally(one));
    this.#judge(kind, given, tallies);
    return this.#reached(tallies);
  }

  /** What the case that was judged last reached, and how high it drove what properties count. */
  #reached(tallies: readonly Tally[]): readonly string[] {
    const heights = tallies.flatMap(({ property, last }) => (last === undefined ? [] : heightsOf(property.id, last)));
    return [...this.#covering.take(), ...heights];
  }

  /** Makes a failing case small. */
  shrink({ property: id, given }: Shrinking): Case {
    const property = this.#properties.find((one) => one.id === id)!;
    const kind = caseKind(property);
    const maxTries = SHRINK_TRIES[kind];
    const fails = (candidate: Case): boolean => {
      try {
        return judge(property, this.#kernel, candidate) !== undefined;
      } catch {
        return false;
      }
    };
    return shrinkCase(property.over, given, fails, {
      kernel: this.#kernel,
      ...(maxTries === undefined ? {} : { maxTries }),
    }).case;
  }

  /** Judges a case by every property; the one by which a rule threw, if one did. */
  #judge(kind: CaseKind, given: Case, tallies: readonly Tally[]): Property | undefined {
    let judging = tallies[0]!;
    const covering = this.#covering;
    const judgeAll = (): Property | undefined => {
      try {
        // A question's rules are asked by the properties; what other kinds run, they have run before.
        const judgeIt =
          kind === 'question'
            ? judgeOf(covering.kernel, kind, given)
            : covering.hear(() => judgeOf(covering.kernel, kind, given));
        for (const tally of tallies) {
          judging = tally;
          tally.add(given, judgeIt);
        }
        return undefined;
      } catch {
        return judging.property;
      }
    };
    return kind === 'question' ? covering.hear(judgeAll) : judgeAll();
  }

  /** The cases of a batch: those given, or drawn ones and changed ones. */
  *#casesOf(batch: Batch): Generator<{ readonly given: Case; readonly isMutant: boolean }> {
    const { kind, seed, runs, given, parents, changed } = batch;
    if (given !== undefined) {
      for (const one of given) yield { given: one, isMutant: false };
      return;
    }
    const kernel = this.#kernel;
    const random = makeRandom(seed);
    const off = drawOff(random, kind);
    const plan = Array.from({ length: runs }, () => parents.length > 0 && random.below(100) < changed);
    const cases = arbitraryOf(kind, { kernel });
    // The first cases of a sample are drawn with a bias to edges and small numbers, and a batch has only first ones.
    const fresh = fc.sample(random.oneIn(2) ? fc.noBias(cases) : cases, {
      seed: random.below(2 ** 31),
      numRuns: Math.max(1, plan.filter((isMutant) => !isMutant).length),
    });
    let next = 0;
    for (const wanted of plan) {
      const mutant = wanted ? this.#mutant(random, kind, parents) : undefined;
      const drawn = mutant ?? fresh[next++ % fresh.length]!;
      const lessened = without(drawn, kind, off);
      const legal = lessened === drawn || isAsLegal(lessened, drawn, kind, kernel);
      yield { given: legal ? lessened : drawn, isMutant: mutant !== undefined };
    }
  }

  #mutant(random: Random, kind: CaseKind, parents: readonly Case[]): Case | undefined {
    return mutated(random, kind, random.pick(parents), random.pick(parents), this.#kernel);
  }
}

function resultOf(
  { number, kind }: Batch,
  runs: number,
  changed: number,
  tallies: readonly Tally[],
  entries: readonly Entry[],
): BatchResult {
  const counts = tallies.map((tally): readonly [string, Counts] => {
    const { property, runs: judged, failing, best } = tally;
    const seen = Object.fromEntries(Object.keys(property.mustSee).map((label) => [label, tally.seen(label)]));
    return [property.id, { runs: judged, failing, seen, ...(best === undefined ? {} : { best }) }];
  });
  const failing = tallies.flatMap(({ property, first }): readonly FailingCase[] =>
    first === undefined ? [] : [{ property: property.id, ...first }],
  );
  return { number, kind, runs, mutated: changed, counts: Object.fromEntries(counts), failing, entries };
}
