import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { kernels } from '../../model/index.ts';
import { judge, properties } from '../../properties/index.ts';
import { witnessPath } from '../../search/atHand.ts';
import { readSavedCase } from '../../search/savedCase.ts';
import { simplifications } from '../../shrinkers/index.ts';
import { faultsOf } from '../../shrinkers/legal.ts';

describe.each(Object.values(kernels))('the kept witnesses of $name', (kernel) => {
  const known = properties.filter(({ verdicts }) => verdicts[kernel.name]?.holds === false);

  it.each(known)('$id: the witness fails, and nothing simpler of it does', (property) => {
    const path = witnessPath(kernel.name, property.id);
    expect(path !== undefined && existsSync(path), 'a witness is kept').toBe(true);
    const { id, kernel: of, property: named, given } = readSavedCase(path!);
    expect({ id, of, named }).toEqual({ id: property.id, of: kernel.name, named: property.id });
    expect(judge(property, kernel, given)).toBeDefined();
    expect(faultsOf(given, kernel), 'what no machine could be or do').toBe(0);
    const simpler = [...simplifications(property.over, given, kernel)].filter((one) => judge(property, kernel, one));
    expect(simpler).toEqual([]);
  });
});

test('no witness is kept of what is not known to fail', () => {
  for (const kernel of Object.values(kernels)) {
    const known = properties
      .filter(({ verdicts }) => verdicts[kernel.name]?.holds === false)
      .map(({ id }) => `${id}.json`);
    const folder = fileURLToPath(new URL(`../../properties/witnesses/${kernel.name}`, import.meta.url));
    expect(readdirSync(folder).toSorted()).toEqual(known.toSorted());
  }
});
