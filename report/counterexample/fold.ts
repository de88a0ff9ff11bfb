/** Items that stand as they are, or a number of them that are left out because they are like those before. */
export type Folded<T> = { readonly shown: T } | { readonly hidden: readonly T[]; readonly period: number };

/** Items that may repeat as a group: a walk of kswapd from priority 12 to 1 over three zones is one. */
const LONGEST_PERIOD = 40;

/** So many repetitions of a group stay unfolded: the first, the last, and one that would only become a line itself. */
const FEW = 3;

/**
 * The items with long repetitions folded: of groups of items that are alike by their keys, one after the other, the
 * first and the last group are shown, themselves folded.
 */
export function fold<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  longest: number = LONGEST_PERIOD,
): readonly Folded<T>[] {
  const keys = items.map(keyOf);
  const folded: Folded<T>[] = [];
  let i = 0;
  while (i < items.length) {
    const { period, times } = repetitionAt(keys, i, longest);
    if (times <= FEW) {
      folded.push({ shown: items[i]! });
      i++;
      continue;
    }
    const end = i + period * times;
    const group = (start: number): readonly Folded<T>[] => fold(items.slice(start, start + period), keyOf, period - 1);
    folded.push(...group(i), { hidden: items.slice(i + period, end - period), period }, ...group(end - period));
    i = end;
  }
  return folded;
}

/** The repetition that begins at an index and covers most, by the shortest group. */
function repetitionAt(keys: readonly string[], start: number, longest: number): Repetition {
  let best: Repetition = { period: 1, times: 1 };
  for (let period = 1; period <= longest && start + period < keys.length; period++) {
    let end = start + period;
    while (end < keys.length && keys[end] === keys[end - period]) end++;
    const times = Math.floor((end - start) / period);
    if (times > FEW && period * times > best.period * best.times) best = { period, times };
  }
  return best;
}

interface Repetition {
  readonly period: number;
  readonly times: number;
}

/** A text without its numbers and the room they take: lines that only count on are alike. */
export const shapeOf = (text: string): string => text.replaceAll(/-?\d+/g, '#').replaceAll(/\s+/g, ' ');
