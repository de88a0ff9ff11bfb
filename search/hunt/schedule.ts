import type { CaseKind } from '../../properties/index.ts';
import { mixed } from './random.ts';

/** Cases in a batch: about as much work for every kind. */
const BATCH_RUNS: Readonly<Record<CaseKind, number>> = {
  setup: 128,
  question: 96,
  direct: 24,
  scenario: 24,
  machine: 8,
};

/** In which order batches of the kinds follow one another: each as often as its share of the time. */
const CYCLE: readonly CaseKind[] = [
  'scenario',
  'question',
  'machine',
  'scenario',
  'direct',
  'scenario',
  'setup',
  'machine',
  'scenario',
  'question',
];

/**
 * Batches come in groups, which grow up to this. Those of a group may be under way at once, and are made from what was
 * found before the group ahead of theirs, be that under way or not: so it depends on their numbers alone.
 */
const LARGEST_GROUP = 16;

/** The start of the group ahead of the one that a batch is in: groups start at 0, 1, 2, 4, 8, 16, 32, 48 and so on. */
function madeFromBefore(number: number): number {
  if (number < 2) return 0;
  const height = Math.floor(Math.log2(number));
  const group = number < LARGEST_GROUP ? 2 ** height : number - (number % LARGEST_GROUP);
  return group <= LARGEST_GROUP ? group / 2 : group - LARGEST_GROUP;
}

/** One batch of a hunt, by its number. */
export interface Planned {
  readonly number: number;
  readonly kind: CaseKind;
  readonly seed: number;
  readonly runs: number;
  /** Whether it is the last one, and not whole: of a hunt for more cases, it would have been another one. */
  readonly isCut: boolean;
  /** Whether its cases are at hand already; else they are drawn and made from others. */
  readonly isGiven: boolean;
  /** It is made from what was found in the batches before this one. */
  readonly from: number;
}

/**
 * The batches of a hunt, in order: first one a kind for the cases at hand, then drawn ones, until there are so many
 * cases.
 */
export function* schedule(
  seed: number,
  kinds: readonly CaseKind[],
  given: ReadonlyMap<CaseKind, number>,
  runs = Infinity,
): Generator<Planned> {
  const cycle = CYCLE.filter((kind) => kinds.includes(kind));
  const plan = (number: number, kind: CaseKind, count: number, isGiven: boolean): Planned => ({
    number,
    kind,
    seed: mixed(seed, number),
    runs: count,
    isCut: !isGiven && count < BATCH_RUNS[kind],
    isGiven,
    from: madeFromBefore(number),
  });
  for (const [number, kind] of kinds.entries()) yield plan(number, kind, given.get(kind) ?? 0, true);
  for (let number = kinds.length, done = 0; done < runs; number++) {
    const kind = cycle[(number - kinds.length) % cycle.length]!;
    const count = Math.min(BATCH_RUNS[kind], runs - done);
    done += count;
    yield plan(number, kind, count, false);
  }
}
