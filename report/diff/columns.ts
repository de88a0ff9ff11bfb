/** Narrower than this, columns stand one below the other. */
const LEAST_WIDTH = 80;
const BETWEEN = ' │ ';

/** The text in lines of at most so many characters; all but the first are indented by so much more than it is. */
export function wrapTo(text: string, width: number, hanging = 4): readonly string[] {
  if (text.length <= width) return [text];
  const indent = /^[ ▸]*/.exec(text)![0].length;
  const rest = ' '.repeat(Math.min(indent + hanging, Math.floor(width / 2)));
  const lines: string[] = [];
  let line = text.slice(0, indent);
  let empty = true;
  for (const word of text.slice(indent).split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest.slice(0, Math.max(0, width - word.length));
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** A column: its heading and its lines. */
interface Column {
  readonly head: string;
  readonly lines: readonly string[];
}

/** How text is coloured, once it is as wide as it may be. */
interface Paint {
  readonly head: (text: string) => string;
  readonly line: (text: string) => string;
}

/** Two columns next to each other, in lines of at most `width` characters; one below the other if that is narrow. */
export function twoColumns(left: Column, right: Column, width: number, paint: Paint): readonly string[] {
  const half = Math.floor((width - BETWEEN.length) / 2);
  if (width < LEAST_WIDTH) {
    const stacked = ({ head, lines }: Column): readonly string[] =>
      [paint.head(head)].concat(lines.flatMap((line) => wrapTo(line, width)).map(paint.line));
    return [left, right].flatMap(stacked);
  }
  const [a, b] = [left, right].map(({ lines }) => lines.flatMap((line) => wrapTo(line, half))) as [string[], string[]];
  const row = (own: string, other: string, painted: Paint['line']): string =>
    `${painted(own)}${' '.repeat(Math.max(0, half - own.length))}${BETWEEN}${painted(other)}`.trimEnd();
  const rows = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => row(a[i] ?? '', b[i] ?? '', paint.line));
  return [row(left.head, right.head, paint.head), ...rows];
}
