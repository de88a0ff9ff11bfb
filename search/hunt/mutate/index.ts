import { baseOf, type Kernel } from '../../../model/index.ts';
import type { Case, CaseKind } from '../../../properties/index.ts';
import type { Random } from '../random.ts';
import { aimAtMark } from './aim.ts';
import { editEvents, editRequests, editScript } from './lists.ts';
import { changeNumbers } from './numbers.ts';
import { crossParts, crossZones, flip } from './parts.ts';
import { isAsLegal, repaired } from './repair.ts';
import type { Branch } from './tree.ts';

type Mutator = (random: Random, given: Branch, other: Branch, k: Kernel) => Branch;

const numbers: Mutator = changeNumbers;
const OF_STATES: readonly Mutator[] = [
  numbers,
  numbers,
  aimAtMark,
  crossParts,
  crossZones,
  (random, given, _, k) => flip(random, given, k),
];
const OF_SCRIPTS: readonly Mutator[] = [...OF_STATES, numbers, editScript, editScript, editEvents, editEvents];

/** What may be done to a case of each kind, likelier things several times. */
const MUTATORS: Readonly<Record<CaseKind, readonly Mutator[]>> = {
  setup: [numbers, numbers, crossParts, crossZones, (random, given, _, k) => flip(random, given, k)],
  question: OF_STATES,
  scenario: OF_SCRIPTS,
  direct: OF_SCRIPTS,
  machine: [...OF_SCRIPTS, editRequests, editRequests],
};

/** At most so many changes are made to one case. */
const MOST_CHANGES = 4;
/** Times that a change is tried until it leaves a legal case. */
const TRIES = 6;

/** A case with a few changes, some of them taken from another one of its kind; undefined if none of them is legal. */
export function mutated(random: Random, kind: CaseKind, parent: Case, other: Case, kernel: Kernel): Case | undefined {
  const base = baseOf(kernel);
  const [from, mate] = [parent as unknown as Branch, other as unknown as Branch];
  let now: Branch | undefined;
  for (let left = 1 + random.below(MOST_CHANGES), tries = TRIES; left > 0 && tries > 0; tries--) {
    const changed = repaired(random.pick(MUTATORS[kind])(random, now ?? from, mate, base), from, kind);
    if (!isAsLegal(changed as unknown as Case, parent, kind, base)) continue;
    now = changed;
    left--;
  }
  return now as unknown as Case | undefined;
}
