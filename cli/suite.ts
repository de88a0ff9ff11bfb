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

/** Refuses a property that says something of other kernels, and nothing of this one or of the one it is made from. */
export function checkSpeaksOf(
  { id, verdicts }: Pick<Property, 'id' | 'verdicts'>,
  kernel: Kernel,
  where: string,
): void {
  if (isAskedOf({ verdicts }, kernel)) return;
  throw new InputError({
    what: `${id} is a property of ${Object.keys(verdicts).join(' and ')}, and says nothing of ${kernel.base}`,
    where,
    expected: 'a property that has a verdict for it',
    hint: `kswapd-spec check --list --kernel ${kernel.base} shows all`,
  });
}

/** The properties that say something of the kernel; those that names are ids of must. */
export function ofKernel(
  named: readonly Property[],
  kernel: Kernel,
  { names, command }: { readonly names: readonly string[]; readonly command: string },
): readonly Property[] {
  for (const property of named) if (names.includes(property.id)) checkSpeaksOf(property, kernel, command);
  return named.filter((property) => isAskedOf(property, kernel));
}

/** What a user's kernel is made from. */
export const madeOf = (kernel: Kernel): Made => ({
  from: kernel.base,
  changes: differingParts(kernels[kernel.base]!, kernel),
});
