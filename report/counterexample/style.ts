import { createColors } from 'picocolors';

/** How text is shown: with colours or plain. */
export interface Style {
  readonly colors: boolean;
}

export const PLAIN: Style = { colors: false };

export type Colors = ReturnType<typeof createColors>;

export const colorsOf = ({ colors }: Style): Colors => createColors(colors);

/** Characters that a line may take. */
export const WIDTH = 100;

/** Where a line may break: not around an arrow. */
const BREAKS = /(?<!->) (?!->)/;

/** The text in lines of at most `WIDTH` characters: the first begins with `first`, the others with `rest`. */
export function wrap(text: string, first: string, rest: string = ' '.repeat(first.length)): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(BREAKS)) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** `1 page`, `3 pages`. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
