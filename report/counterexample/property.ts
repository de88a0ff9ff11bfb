import type { Kernel } from '../../model/index.ts';
import type { Property } from '../../properties/index.ts';
import { wrap, type Colors } from './style.ts';

/** A property in words: its title and statement, where the kernel says so, and whether it is known to fail. */
export function propertyLines({ id, title, statement, sources, verdicts }: Property, kernel: Kernel, c: Colors) {
  const verdict = verdicts[kernel.name];
  const known =
    verdict?.holds === false
      ? wrap(`${verdict.why}${historyText(verdict.history)}`, `  known to fail in ${kernel.name}: `, '    ')
      : [];
  return [
    c.bold(title),
    ...wrap(statement, '  '),
    ...known,
    c.dim(`  property: ${id}`),
    ...sources.map((source) => c.dim(`  source: ${source}`)),
  ];
}

const historyText = (ids: readonly string[]): string => (ids.length === 0 ? '' : ` (history: ${ids.join(', ')})`);
