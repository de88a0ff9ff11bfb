import { kernels, type Kernel } from '../model/index.ts';
import { allEventualProperties, isOwedOnMachines, type AnyEventualProperty } from '../properties/index.ts';
import { renderLasso } from '../report/explore/lasso.ts';
import { PLAIN } from '../report/counterexample/index.ts';
import { showSources } from './kernelSource.ts';
import { keptLasso } from './lassos.ts';
import { code, fenced, link, page, plain, slug } from './markdown.ts';
import { verdictText } from './propertyPage.ts';

/** The page of what is owed in the end: how each is to be read, and the runs that never give it. */
export function eventualPage(): string {
  return page(
    `${link('kswapd, specified', '../README.md')} / ${link('What must hold', 'README.md')}`,
    '# What is owed in the end',
    'Some promises no single run can break: that kswapd sleeps in the end, that a task gets out. What breaks them is ' +
      'a run that comes back to where it was, and could go round for ever. Such a run counts only if it is fair: ' +
      'what its environment must not refuse for ever stands with each promise, and whatever is named there happens ' +
      'again and again if it could happen again and again. `npx kswapd-spec explore` searches all states of small ' +
      'machines for such rounds.',
    'However reclaim behaves, it says: of what a scope lets be scanned and reclaimed, any may come of any request ' +
      'for reclaim, at any priority. The kernel scans at least the share of a list that its priority stands for (its ' +
      'size, shifted right by the priority), so that a round in which nothing is scanned is one that it could have ' +
      'only where lists are too small for that. In the rounds on this page no less is scanned than the kernel would; ' +
      'those that an exploration finds in a scope with larger lists may ask more of reclaim than it would ever do.',
    allEventualProperties.map(({ id, title }) => `- ${link(plain(title), `#${id}`)}`).join('\n'),
    allEventualProperties.map(propertyText),
  );
}

function propertyText(property: AnyEventualProperty): string {
  const { id, title, statement, sources, verdicts, fair } = property;
  const failing = Object.entries(verdicts).flatMap(([kernel, { holds }]) => (holds ? [] : [kernels[kernel]!]));
  return [
    slug(title) === id ? '' : `<a id="${id}"></a>`,
    `## ${plain(title)}`,
    plain(statement),
    [
      `- Id: ${code(id)}; look for it with ${code(`npx kswapd-spec explore SCOPE --property ${id}`)}`,
      ...showSources(sources).map((source) => `- Source: ${source}`),
      `- Owed to ${isOwedOnMachines(property) ? 'each task, or node, of a whole machine' : 'a kswapd'}`,
      `- Counts only if it is fair: ${plain(fair)}`,
      ...Object.entries(verdicts).map(([kernel, verdict]) => `- ${kernel}: ${verdictText(verdict)}`),
    ].join('\n'),
    ...failing.map((kernel) => lassoText(property, kernel)),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** How it fails: what leads to where it goes round, and the round. */
function lassoText(property: AnyEventualProperty, kernel: Kernel): string {
  const lasso = keptLasso(property.id, kernel.name);
  if (lasso === undefined) return '';
  const lines = renderLasso({ property, lasso }, kernel, PLAIN).split('\n');
  // Its title and statement stand above.
  const told = lines.slice(lines.indexOf('') + 1).join('\n');
  return [`In ${kernel.name} it goes round like this:`, fenced('text', told)].join('\n\n');
}
