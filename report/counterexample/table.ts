import { WIDTH, wrap, type Colors } from './style.ts';

const INDENT = '  ';

/** A table with a column for names and others for numbers; a row may end in a text of its own. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** The heading of the rows' ends. */
  readonly ends?: string;
}

export interface TableRow {
  readonly cells: readonly string[];
  readonly end?: string;
  /** How the end is coloured. */
  readonly paint?: (text: string) => string;
}

/**
 * The table as lines. If it would be too wide, the ends stand below their rows; if that is not enough, each row is
 * written as a list.
 */
export function tableLines(table: Table, c: Colors): readonly string[] {
  const { columns, rows, ends = '' } = table;
  const widths = columns.map((name, i) => Math.max(name.length, ...rows.map(({ cells }) => cells[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    INDENT + cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ');
  const width = line(columns).length;
  const endWidth = Math.max(ends.length, ...rows.map(({ end = '' }) => end.length));
  if (width > WIDTH) return rows.flatMap((row) => listLines(columns, row));
  if (endWidth === 0 || width + 2 + endWidth <= WIDTH) {
    return [
      c.dim(`${line(columns)}  ${ends}`.trimEnd()),
      ...rows.map(({ cells, end = '', paint = plain }) => `${line(cells)}  ${paint(end)}`.trimEnd()),
    ];
  }
  return [
    c.dim(line(columns)),
    ...rows.flatMap(({ cells, end = '', paint = plain }) => [
      line(cells),
      `${' '.repeat(INDENT.length + widths[0]! + 2)}${paint(end)}`,
    ]),
  ];
}

const plain = (text: string): string => text;

function listLines(columns: readonly string[], { cells, end = '', paint = plain }: TableRow): readonly string[] {
  const [name = '', ...values] = cells;
  const fields = values.map((value, i) => `${columns[i + 1]} ${value}`).join(', ');
  const lines = wrap(`${name}: ${fields}`, INDENT, `${INDENT}  `);
  return end === '' ? lines : [...lines, `${INDENT}  ${paint(end)}`];
}

/** The table without the columns that say 0 in every row. */
export function withoutZeros({ columns, rows, ...rest }: Table, mayGo: readonly string[]): Table {
  const keeps = columns.map((name, i) => !mayGo.includes(name) || rows.some(({ cells }) => cells[i] !== '0'));
  const kept = (cells: readonly string[]): readonly string[] => cells.filter((_cell, i) => keeps[i]);
  return { ...rest, columns: kept(columns), rows: rows.map((row) => ({ ...row, cells: kept(row.cells) })) };
}
