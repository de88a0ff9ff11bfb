/**
 * `npm run docs:explore`: every scope that comes with it, explored with every kernel, as docs/exploration.md. What the
 * page says of the large ones stays as it was, unless they are asked for: `npm run docs:explore -- --large` explores
 * these alone, in some minutes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isWholeScope } from '../../kernel/schema/wholeScope.ts';
import { kernels } from '../../model/index.ts';
import { allEventualProperties, isAskedOf, properties, type Property } from '../../properties/index.ts';
import { explorationPage, largePart, partsOf, type ExploredScope } from '../../report/explore/page.ts';
import { eventualPropertiesOf, explore, type ExplorePlan } from '../../search/explore/explore.ts';
import type { Exploration } from '../../search/explore/result.ts';
import { largeScopes, readScope, shippedScopes } from '../../search/explore/scopeFile.ts';

const PAGE = fileURLToPath(new URL('../../docs/exploration.md', import.meta.url));
const MACHINE = `Seconds of one core of ${cpus()[0]!.model.trim()}, Node ${process.version}`;

/** Properties of runs, each a search of its own, are watched in scopes of so many states. */
const WATCHED_STATES = 100_000;

/** An exploration, with properties of runs where there are few states. */
async function exploreOne(plan: ExplorePlan): Promise<Exploration> {
  const others = plan.properties.filter(({ over }) => over !== 'run');
  const ofRuns = plan.properties.filter(({ over }) => over === 'run');
  const found = await explore({ ...plan, properties: others });
  if (ofRuns.length === 0 || isWholeScope(plan.scope) || found.counts.states > WATCHED_STATES) return found;
  const { properties: watched } = await explore({ kernel: plan.kernel, scope: plan.scope, properties: ofRuns });
  return { ...found, properties: [...found.properties, ...watched] };
}

/** Explores scopes with every kernel that they are meant for, and looks for rounds or not. */
async function exploreAll(
  scopes: ReadonlyMap<string, string>,
  judged: readonly Property[],
  rounds: boolean,
): Promise<readonly ExploredScope[]> {
  const explored: ExploredScope[] = [];
  for (const [name, path] of scopes) {
    const scope = readScope(path);
    for (const kernel of Object.values(kernels)) {
      if (scope.kernels !== undefined && !scope.kernels.includes(kernel.base)) continue;
      const owed = eventualPropertiesOf(scope, allEventualProperties).filter((one) => isAskedOf(one, kernel));
      const before = process.cpuUsage();
      const exploration = await exploreOne({ kernel, scope, properties: judged, eventually: rounds ? owed : [] });
      const { user, system } = process.cpuUsage(before);
      const seconds = (user + system) / 1e6;
      explored.push({ name, exploration, seconds });
      console.log(`${name}, ${kernel.name}: ${exploration.counts.states} states, ${seconds.toFixed(1)} s`);
      for (const { property, outcome } of [...exploration.properties, ...exploration.eventually]) {
        if (outcome === 'counterexample') console.log(`  ${property.id}: counterexample`);
      }
    }
  }
  return explored;
}

/** What is judged in large scopes: to judge all would take ten times as long as to visit them. */
const ofSleep = properties.filter(({ family, over }) => family === 'sleep' && over === 'step');

if (process.argv.includes('--large')) {
  const large = largePart(await exploreAll(largeScopes(), ofSleep, false), MACHINE);
  writeFileSync(PAGE, partsOf(readFileSync(PAGE, 'utf8')).first + large);
} else {
  const page = explorationPage(await exploreAll(shippedScopes(), properties, true), MACHINE);
  writeFileSync(PAGE, page + partsOf(readFileSync(PAGE, 'utf8')).large);
}
