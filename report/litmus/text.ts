import type { Kernel } from '../../model/index.ts';
import type { Litmus, Outcome } from '../../search/litmus/litmus.ts';
import type { LitmusResult } from '../../search/litmus/run.ts';
import { renderCase } from '../counterexample/index.ts';
import { colorsOf, counted, wrap, type Colors, type Style } from '../counterexample/style.ts';

const NAME_WIDTH = 40;
const OUTCOME_WIDTH = 11;

/** What the columns are. */
export const litmusHead = (names: readonly string[], style: Style): string =>
  colorsOf(style).dim(
    `${'case'.padEnd(NAME_WIDTH)}${names.map((name) => name.padEnd(OUTCOME_WIDTH)).join('')} does it happen that not`,
  );

/** A line on a case: its outcome in each kernel, `-` if it is not asked, `!` if another one is expected. */
export function litmusLine(
  { name, property, expect }: Litmus,
  results: readonly (readonly [Kernel, LitmusResult | undefined])[],
  style: Style,
): string {
  const c = colorsOf(style);
  const cells = results.map(([{ base }, result]) => {
    if (result === undefined) return c.dim('-'.padEnd(OUTCOME_WIDTH));
    const { outcome } = result;
    const wrong = outcome !== expect[base];
    return wrong ? c.red(`${outcome}!`.padEnd(OUTCOME_WIDTH)) : painted(outcome, c);
  });
  return `${name.padEnd(NAME_WIDTH)}${cells.join('')} ${property.id}`;
}

const painted = (outcome: Outcome, c: Colors): string => {
  const cell = outcome.padEnd(OUTCOME_WIDTH);
  return outcome === 'never' ? c.green(cell) : c.yellow(cell);
};

/** A case, why it comes out as it does, and one run of it. */
export function litmusText(litmus: Litmus, kernel: Kernel, result: LitmusResult, style: Style): string {
  const c = colorsOf(style);
  const { name, why, expect, property, kind } = litmus;
  const { outcome, ways, happens, shown, failure } = result;
  const expected = expect[kernel.base]!;
  const count = ways === 1 ? '' : `, in ${happens} of ${counted(ways, 'way')}`;
  const verdict =
    outcome === expected ? c.green(`${outcome}, as expected`) : c.red(`${outcome}; expected: ${expected}`);
  return [
    c.bold(name),
    ...wrap(why, '  '),
    '',
    `Does it happen in ${kernel.name}? ${verdict}${count}`,
    '',
    renderCase({ property, kernel, kind, given: shown, ...(failure && { failure }) }, style),
  ].join('\n');
}
