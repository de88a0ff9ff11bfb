// Finds and shrinks cases that are kept: `npm run keep` those that are missing, `npm run keep -- ID...` those named.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bugs } from '../history/index.ts';
import { kernels, type Kernel } from '../model/index.ts';
import { judge, properties, type Case, type Property } from '../properties/index.ts';
import { witnessPath } from '../search/atHand.ts';
import { compactJson } from '../search/compactJson.ts';
import { findFirst } from '../search/find.ts';
import { historyCase, historyCasePath } from '../search/historyCase.ts';
import { failsIn, showsBug } from '../search/showsBug.ts';
import { isSimpler, measure, shrinkCase } from '../shrinkers/index.ts';

const SEEDS = [1, 2, 3, 4, 5];
const MOST = 20_000;

interface Wanted {
  readonly id: string;
  readonly property: Property;
  readonly kernel: Kernel;
  readonly path: string;
  readonly fails: (given: Case) => boolean;
  readonly missing: boolean;
}

const witnesses: readonly Wanted[] = Object.values(kernels).flatMap((kernel) =>
  properties
    .filter(({ verdicts }) => verdicts[kernel.name]?.holds === false)
    .map((property) => ({
      id: property.id,
      property,
      kernel,
      path: fileURLToPath(new URL(`../properties/witnesses/${kernel.name}/${property.id}.json`, import.meta.url)),
      fails: (given) => failsIn(property, kernel, given),
      missing: witnessPath(kernel.name, property.id) === undefined,
    })),
);

const shown: readonly Wanted[] = bugs.map(({ id, faulty, fixed, property: name }) => {
  const property = properties.find((one) => one.id === name)!;
  return {
    id,
    property,
    kernel: faulty,
    path: historyCasePath(id),
    fails: showsBug({ faulty, fixed }, property),
    missing: historyCase(id) === undefined,
  };
});

function keep({ id, property, kernel, path, fails }: Wanted): void {
  let best: Case | undefined;
  for (const seed of SEEDS) {
    const found = findFirst(property, kernel, seed, MOST, fails);
    if (found === undefined) continue;
    const { case: small } = shrinkCase(property.over, found.given, fails, { kernel });
    if (best === undefined || isSimpler(small, measure(best), best)) best = small;
    console.log(`${kernel.name} ${id}: seed ${seed}, ${found.executions} executions`);
  }
  if (best === undefined) {
    console.log(`${kernel.name} ${id}: NOT FOUND`);
    return;
  }
  const { clause } = judge(property, kernel, best)!;
  writeFileSync(path, `${compactJson({ id, kernel: kernel.base, property: property.id, clause, ...best })}\n`);
}

const ids = process.argv.slice(2);
for (const wanted of [...witnesses, ...shown]) {
  if (ids.length > 0 ? ids.includes(wanted.id) : wanted.missing) keep(wanted);
}
