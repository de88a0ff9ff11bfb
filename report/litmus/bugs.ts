import type { BugLitmus } from '../../search/litmus/bugs.ts';
import type { Outcome } from '../../search/litmus/litmus.ts';
import { colorsOf, wrap, type Style } from '../counterexample/style.ts';

const ID_WIDTH = 39;
const KERNEL_WIDTH = 8;
const OUTCOME_WIDTH = 12;

/** What the columns are. */
export function bugLitmusHead(style: Style): string {
  const columns = `${'bug'.padEnd(ID_WIDTH)}${'kernel'.padEnd(KERNEL_WIDTH)}${'with it'.padEnd(OUTCOME_WIDTH)}`;
  return colorsOf(style).dim(`${columns}${'without it'.padEnd(OUTCOME_WIDTH)}does it happen that not`);
}

/** The case of a bug: its shape, its outcome in the kernel that has the bug and in that kernel without it, and why. */
export function bugLitmusLines({ name, why, shown, withIt, withoutIt }: BugLitmus, style: Style): readonly string[] {
  const c = colorsOf(style);
  const cell = (outcome: Outcome, expected: Outcome, paint: (text: string) => string): string =>
    outcome === expected ? paint(outcome.padEnd(OUTCOME_WIDTH)) : c.red(`${outcome}!`.padEnd(OUTCOME_WIDTH));
  const { bug, property } = shown;
  const outcomes = `${cell(withIt, 'always', c.yellow)}${cell(withoutIt, 'never', c.green)}`;
  return [
    `${bug.id.padEnd(ID_WIDTH)}${bug.faulty.base.padEnd(KERNEL_WIDTH)}${outcomes}${property.id}`,
    ...wrap(`${name}: ${why}`, '  ', '    ').map((line) => c.dim(line)),
  ];
}

/** The same for programs. */
export const bugLitmusJson = ({ name, why, shown: { bug, property }, withIt, withoutIt }: BugLitmus): object => ({
  id: bug.id,
  title: bug.title,
  name,
  why,
  property: property.id,
  outcomes: [
    { kernel: bug.faulty.name, expected: 'always', outcome: withIt },
    { kernel: bug.fixed.name, expected: 'never', outcome: withoutIt },
  ],
});
