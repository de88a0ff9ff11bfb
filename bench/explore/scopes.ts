/** `npm run docs:explore`: every scope that comes with it, explored with every kernel, as docs/exploration.md. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { kernels } from '../../model/index.ts';
import { eventualProperties, isAskedOf, properties } from '../../properties/index.ts';
import { explorationPage, type ExploredScope } from '../../report/explore/page.ts';
import { explore } from '../../search/explore/explore.ts';
import { readScope, shippedScopes } from '../../search/explore/scopeFile.ts';

const PAGE = fileURLToPath(new URL('../../docs/exploration.md', import.meta.url));

const explored: ExploredScope[] = [];
for (const [name, path] of shippedScopes()) {
  const scope = readScope(path);
  for (const kernel of Object.values(kernels)) {
    if (scope.kernels !== undefined && !scope.kernels.includes(kernel.base)) continue;
    const eventually = eventualProperties.filter((one) => isAskedOf(one, kernel));
    const before = process.cpuUsage();
    const exploration = await explore({ kernel, scope, properties, eventually });
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    explored.push({ name, exploration, seconds });
    console.log(`${name}, ${kernel.name}: ${exploration.counts.states} states, ${seconds.toFixed(1)} s`);
    for (const { property, outcome } of [...exploration.properties, ...exploration.eventually]) {
      if (outcome === 'counterexample') console.log(`  ${property.id}: counterexample`);
    }
  }
}
const machine = `Seconds of one core of ${cpus()[0]!.model.trim()}, Node ${process.version}`;
writeFileSync(PAGE, explorationPage(explored, machine));
