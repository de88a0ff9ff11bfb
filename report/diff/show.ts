import type { Kernel } from '../../model/index.ts';
import type { DiffKind } from '../../search/diff/plan.ts';
import type { Colors, Style } from '../counterexample/style.ts';
import { DECIDES } from './callTree.ts';
import { twoColumns } from './columns.ts';

/** The two kernels that are compared. */
export type Pair = readonly [Kernel, Kernel];

export interface DiffStyle extends Style {
  /** Characters that a line may take. */
  readonly width: number;
}

/** What the cases of a kind are called where they are counted. */
export const CASES: Readonly<Record<DiffKind, string>> = { question: 'states', setup: 'set-ups', scenario: 'runs' };

/** What either kernel does, next to each other. What decides is coloured. */
export function sideBySide(
  kernels: Pair,
  lines: readonly [readonly string[], readonly string[]],
  width: number,
  c: Colors,
): readonly string[] {
  const paint = { head: c.bold, line: (text: string) => (text.includes(DECIDES) ? c.yellow(text) : text) };
  const [left, right] = kernels;
  return twoColumns({ head: left.name, lines: lines[0] }, { head: right.name, lines: lines[1] }, width, paint);
}

/** The line of one kernel, with its name before it; the names of both stand in a column. */
export function namedLine(kernels: Pair, own: 0 | 1, text: string): string {
  const wide = Math.max(...kernels.map(({ name }) => name.length));
  return `  ${kernels[own].name.padEnd(wide)}  ${text}`;
}
