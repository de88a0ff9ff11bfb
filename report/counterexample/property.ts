import { kernels, type Kernel } from '../../model/index.ts';
import type { Property } from '../../properties/index.ts';
import { differingParts } from '../kernels/parts.ts';
import { wrap, type Colors } from './style.ts';

/** A property in words: its title and statement, where the kernel says so, and whether it is known to fail. */
export function propertyLines({ id, title, statement, sources, verdicts }: Property, kernel: Kernel, c: Colors) {
  const verdict = verdicts[kernel.base];
  const known =
    verdict?.holds === false
      ? wrap(`${verdict.why}${historyText(verdict.history)}`, `  known to fail in ${kernel.base}: `, '    ')
      : [];
  const promised =
    verdict?.holds === true && kernel.name !== kernel.base
      ? wrap(`${kernel.base} promises it; ${kernel.name} has other ${changesOf(kernel)}`, '  ')
      : [];
  return [
    c.bold(title),
    ...wrap(statement, '  '),
    ...known,
    ...promised,
    c.dim(`  property: ${id}`),
    ...sources.map((source) => c.dim(`  source: ${source}`)),
  ];
}

const changesOf = (kernel: Kernel): string => {
  const base = kernels[kernel.base];
  return base === undefined ? 'rules' : differingParts(base, kernel).join(', ');
};

const historyText = (ids: readonly string[]): string => (ids.length === 0 ? '' : ` (history: ${ids.join(', ')})`);
