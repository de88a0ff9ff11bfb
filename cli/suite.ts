import { InputError } from '../kernel/inputError.ts';
import { kernels, type Kernel } from '../model/index.ts';
import { FAMILIES, isAskedOf, properties, type Property } from '../properties/index.ts';
import type { Made } from '../report/check/reporter.ts';
import { differingParts } from '../report/kernels/parts.ts';

/** The properties that ids and families name, each once, in the order of the suite. */
export function chooseProperties(names: readonly string[], command: string): readonly Property[] {
  for (const name of names) {
    if (properties.some(({ id, family }) => id === name || family === name)) continue;
    throw new InputError({
      what: `there is no property or family ${name}`,
      where: command,
      expected: `a family (${FAMILIES.join(', ')}) or the id of a property`,
      hint: 'kswapd-spec check --list shows all ids',
    });
  }
  return properties.filter(({ id, family }) => names.length === 0 || names.includes(id) || names.includes(family));
}

/** The properties that say something of the kernel, or of the one that it is made from. */
export function ofKernel(named: readonly Property[], kernel: Kernel): readonly Property[] {
  const chosen = named.filter((property) => isAskedOf(property, kernel));
  if (chosen.length > 0) return chosen;
  throw new InputError({
    what: `says nothing of ${kernel.base}`,
    where: named.map(({ id }) => id).join(', '),
    expected: 'a property that has a verdict for it',
    hint: `kswapd-spec check --list --kernel ${kernel.base} shows all`,
  });
}

/** What a user's kernel is made from. */
export const madeOf = (kernel: Kernel): Made => ({
  from: kernel.base,
  changes: differingParts(kernels[kernel.base]!, kernel),
});
