import { steps } from './layout.ts';
import { quantitiesOf, withNumbers, type Quantity } from './quantity.ts';

/** Values to try instead, the simplest first: 0, 1, fewer digits, half, one less. */
export function simplerValues({ value, simplest }: Quantity): readonly number[] {
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

const keyOf = ({ path }: Quantity): string => String(path.findLast((part) => typeof part === 'string'));

/** All numbers of one name at their simplest, or a single number simpler. */
export function* simplerNumbers<C extends object>(given: C): Generator<C> {
  const all = quantitiesOf(given);
  for (const key of new Set(all.map(keyOf))) {
    const alike = all.filter((one) => keyOf(one) === key && one.value !== one.simplest);
    if (alike.length > 1)
      yield withNumbers(
        given,
        alike.map((one) => [one, one.simplest]),
      );
  }
  for (const one of all) {
    for (const value of simplerValues(one)) yield withNumbers(given, [[one, value]]);
  }
}

/** How many of one number may go with one of another: as many pages, or six scans for a page that could be evicted. */
const RATIOS = [
  [1, 1],
  [6, 1],
  [1, 6],
] as const;

/** Two numbers of pages lowered together, so that what they have in common stays. */
export function* lowerPairs<C extends object>(given: C): Generator<C> {
  const amounts = quantitiesOf(given).filter(({ pages, value }) => pages > 0 && value !== 0);
  for (const [i, a] of amounts.entries()) {
    for (const b of amounts.slice(i + 1)) {
      for (const [forA, forB] of RATIOS) {
        const most = Math.floor(Math.min((Math.abs(a.value) * a.pages) / forA, (Math.abs(b.value) * b.pages) / forB));
        for (const by of steps(most)) {
          const [ofA, ofB] = [(by * forA) / a.pages, (by * forB) / b.pages];
          if (!Number.isInteger(ofA) || !Number.isInteger(ofB)) continue;
          yield withNumbers(given, [
            [a, a.value - ofA * Math.sign(a.value)],
            [b, b.value - ofB * Math.sign(b.value)],
          ]);
        }
      }
    }
  }
}
