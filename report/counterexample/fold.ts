/** Items that stand as they are, or a number of them that are left out because they are like those before. */
export type Folded<T> = { readonly shown: T } | { readonly hidden: readonly T[]; readonly period: number };

/** Items that may repeat as a group. */
const LONGEST_PERIOD = 8;

/** So many repetitions of a group stay unfolded: the first, the last, and one that would only become a line itself. */
const FEW = 3;

/**
 * The items with long repetitions folded: of groups of items that are alike by their keys, one after the other, the
 * first and the last group are shown.
 */
export function fold<T>(items: readonly T[], keyOf: (item: T) => string): readonly Folded<T>[] {
  const keys = items.map(keyOf);
  const folded: Folded<T>[] = [];
  let i = 0;
  while (i < items.length) {
    const { period, times } = repetitionAt(keys, i);
    const end = i + period * times;
    const last = end - period;
    const show = (from: number, to: number): void => {
      for (const shown of items.slice(from, to)) folded.push({ shown });
    };
    if (times > FEW) {
      show(i, i + period);
      folded.push({ hidden: items.slice(i + period, last), period });
      show(last, end);
      i = end;
    } else {
      show(i, i + 1);
      i++;
    }
  }
  return folded;
}

/** The repetition that begins at an index and covers most. */
function repetitionAt(keys: readonly string[], start: number): { readonly period: number; readonly times: number } {
  let best = { period: 1, times: 1 };
  for (let period = 1; period <= LONGEST_PERIOD && start + period < keys.length; period++) {
    let end = start + period;
    while (end < keys.length && keys[end] === keys[end - period]) end++;
    const times = Math.floor((end - start) / period);
    if (times > FEW && period * times > best.period * best.times) best = { period, times };
  }
  return best;
}

/** A text without its numbers: lines that only count on are alike. */
export const shapeOf = (text: string): string => text.replaceAll(/-?\d+/g, '#');
