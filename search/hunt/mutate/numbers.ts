import { MAX_ORDER } from '../../../model/index.ts';
import { quantitiesOf, withNumbers, type Quantity, type Tree } from '../../../shrinkers/quantity.ts';
import type { Random } from '../random.ts';
import type { Branch } from './tree.ts';

/** Numbers that say which part a thing is, or that are derived from the rest. */
const FIXED: ReadonlySet<string> = new Set(['id', 'limit']);
const ORDERS: ReadonlySet<string> = new Set(['order', 'from', 'to']);
/** Runs in vain around which kernels change their mind. */
const FAILURES = [0, 1, 14, 15, 16, 17];

/** Another value for a number: a neighbour, an edge, or the size of another number in the case, or next to it. */
function otherValue(random: Random, one: Quantity, all: readonly Quantity[]): number {
  const { key, value, pages } = one;
  if (ORDERS.has(key)) return random.below(MAX_ORDER);
  if (key === 'failures') return random.pick(FAILURES);
  if (pages === 0) return random.oneIn(2) ? Math.max(0, value + random.pick([1, -1])) : random.below(5);
  const off = random.pick([0, 1, -1]);
  switch (random.below(6)) {
    case 0:
      return value + random.pick([1, -1]);
    case 1:
      return random.pick([0, 1, 2, 31, 32, 33]);
    case 2:
      return Math.trunc(value / 2) + off;
    case 3:
      return value * 2 + off;
    case 4:
      return value + random.pick([1, -1]) * random.below(64);
    default: {
      const other = random.pick(all);
      return Math.trunc((other.value * Math.max(1, other.pages)) / pages) + off;
    }
  }
}

/** One to three numbers changed. */
export function changeNumbers(random: Random, given: Branch): Branch {
  const all = quantitiesOf(given).filter(({ key }) => !FIXED.has(key));
  if (all.length === 0) return given;
  const changes = Array.from({ length: 1 + random.below(3) }, (): readonly [Quantity, number] => {
    const one = random.pick(all);
    return [one, otherValue(random, one, all)];
  });
  return withNumbers<Tree>(given, changes) as Branch;
}
