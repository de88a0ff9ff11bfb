import { steps } from './case.ts';
import { quantitiesOf, withNumbers, type Quantity } from './quantity.ts';

/** Values to try instead, the simplest first: 0, 1, fewer digits, half, one less. */
function simplerValues({ value, simplest }: Quantity): readonly number[] {
  const size = Math.abs(value);
  const sign = Math.sign(value);
  const values = [simplest, 0, 1];
  for (let unit = 10 ** Math.floor(Math.log10(Math.max(1, size))); unit > 1; unit /= 10) {
    values.push(Math.floor(size / unit) * unit * sign);
  }
  if (sign < 0) values.push(size);
  for (const by of steps(size)) values.push((size - by) * sign);
  return [...new Set(values)].map((one) => one + 0).filter((one) => one !== value);
}

/** All but the limit, which has its own simplification. */
const numbersOf = (given: object): readonly Quantity[] => quantitiesOf(given).filter(({ key }) => key !== 'limit');

/** All numbers of one name at their simplest, or all orders of one height lower, or a single number simpler. */
export function* simplerNumbers<C extends object>(given: C): Generator<C> {
  const all = numbersOf(given);
  for (const key of new Set(all.map((one) => one.key))) {
    const alike = all.filter((one) => one.key === key && one.value !== one.simplest);
    if (alike.length > 1)
      yield withNumbers(
        given,
        alike.map((one) => [one, one.simplest]),
      );
  }
  const orders = all.filter(({ key, value }) => key === 'order' && value > 0);
  for (const height of new Set(orders.map(({ value }) => value))) {
    const alike = orders.filter(({ value }) => value === height);
    for (let order = 0; order < height; order++)
      yield withNumbers(
        given,
        alike.map((one) => [one, order]),
      );
  }
  for (const one of all) {
    const present = one.key === 'managed' ? all.find((other) => isPresentOf(other, one)) : undefined;
    for (const value of simplerValues(one)) {
      yield withNumbers(given, [[one, value]]);
      if (present)
        yield withNumbers(given, [
          [one, value],
          [present, Math.max(1, value)],
        ]);
    }
  }
}

/** Whether one number is the present pages of the zone whose managed pages the other is. */
const isPresentOf = ({ key, path }: Quantity, managed: Quantity): boolean =>
  key === 'present' && path.slice(0, -1).join('.') === managed.path.slice(0, -1).join('.');

/** How many of one number may go with one of another: as many pages, or six scans for a page that could be evicted. */
const RATIOS = [
  [1, 1],
  [6, 1],
  [1, 6],
] as const;

/** With more numbers than this, pairs of them are lowered all the way only, and only single ones are traded. */
const FEW = 16;
/** With more than this, they are lowered one by one only. */
const MANY = 40;

/** Two numbers of pages lowered together, so that what they have in common stays. */
export function* lowerPairs<C extends object>(given: C): Generator<C> {
  const amounts = quantitiesOf(given).filter(({ pages, value }) => pages > 0 && value !== 0);
  if (amounts.length > MANY) return;
  const stepwise = amounts.length <= FEW;
  for (const [i, a] of amounts.entries()) {
    for (const b of amounts.slice(i + 1)) {
      for (const [forA, forB] of RATIOS) {
        const unit = Math.max(a.pages, b.pages);
        const most = Math.floor(Math.min(sizeIn(a, unit) / forA, sizeIn(b, unit) / forB));
        for (const by of stepwise || most === 0 ? steps(most) : [most]) {
          yield withNumbers(given, [
            [a, towardsZero(a, by * forA * unit)],
            [b, towardsZero(b, by * forB * unit)],
          ]);
        }
      }
    }
  }
}

const sizeIn = ({ value, pages }: Quantity, unit: number): number => (Math.abs(value) * pages) / unit;

const towardsZero = ({ value, pages }: Quantity, byPages: number): number =>
  value - (byPages / pages) * Math.sign(value);

/** One or two numbers at their simplest, and another one 1 or of the other sign instead. */
export function* tradeNumbers<C extends object>(given: C): Generator<C> {
  const all = numbersOf(given);
  const special = all.filter(({ value, simplest }) => value !== simplest);
  const groups = special.map((one) => [one]);
  if (special.length > MANY) return;
  if (special.length <= FEW) {
    for (const [i, a] of special.entries()) for (const b of special.slice(i + 1)) groups.push([a, b]);
  }
  for (const group of groups.toReversed()) {
    const changes = group.map((one) => [one, one.simplest] as const);
    if (group.length > 1) yield withNumbers(given, changes);
    for (const other of all) {
      if (group.includes(other)) continue;
      if (other.value < 0) yield withNumbers(given, [...changes, [other, -other.value]]);
      if (other.value === other.simplest) yield withNumbers(given, [...changes, [other, 1]]);
    }
  }
}
