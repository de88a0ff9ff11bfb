import { properties, type Family, type Property, type Verdict } from '../properties/index.ts';
import { showSources } from './kernelSource.ts';
import { code, link, listed, page, plain, slug, table } from './markdown.ts';
import { FAMILY_INTROS, FAMILY_TITLES } from './propertyFamilies.ts';
import { witnessText } from './witness.ts';

const SUBJECTS: Readonly<Record<Property['over'], string>> = {
  step: 'every step of random runs',
  run: 'whole random runs',
  question: 'random states and questions',
  setup: 'random machines before and after set-up',
  direct: 'random direct reclaims',
  machine: 'runs of random machines of several nodes and tasks',
};

/** A page of properties that belong together. */
export function propertyPage(family: Family): string {
  const own = properties.filter((property) => property.family === family);
  return page(
    `${link('kswapd, specified', '../README.md')} / ${link('What must hold', 'README.md')}`,
    `# ${FAMILY_TITLES[family]}`,
    FAMILY_INTROS[family],
    own.map(({ id, title }) => `- ${link(plain(title), `#${id}`)}`).join('\n'),
    own.map(propertyText),
  );
}

function propertyText(property: Property): string {
  const { id, title, statement, sources, verdicts, mustSee, over } = property;
  return [
    slug(title) === id ? '' : `<a id="${id}"></a>`,
    `## ${plain(title)}`,
    plain(statement),
    [
      `- Id: ${code(id)}; check it with ${code(`npx kswapd-spec check ${id}`)}`,
      ...showSources(sources).map((source) => `- Source: ${source}`),
      `- Judged on ${SUBJECTS[over]}, which must include ${sharesText(mustSee)}`,
      ...Object.entries(verdicts).map(([kernel, verdict]) => `- ${kernel}: ${verdictText(verdict)}`),
    ].join('\n'),
    ...Object.entries(verdicts).map(([kernel, verdict]) => (verdict.holds ? '' : witnessText(property, kernel))),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;

const sharesText = (mustSee: Property['mustSee']): string =>
  listed(Object.entries(mustSee).map(([label, share]) => `*${plain(label)}* (at least ${percent(share)})`));

export function verdictText(verdict: Verdict): string {
  if (verdict.holds) return '**holds**';
  const history =
    verdict.history.length === 0 ? '' : ` In the kernel’s history: ${listed(verdict.history.map(historyText))}.`;
  return `**known to fail.** ${plain(verdict.why)}${history}`;
}

/** A commit is linked; other ids are those of faults that were read from the sources and never reported. */
function historyText(id: string): string {
  if (!/^[\da-f]{12}$/.test(id)) return code(id);
  const commits = 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit';
  return link(code(id), `${commits}/?id=${id}`);
}

const shortVerdict = (verdict: Verdict | undefined): string => {
  if (verdict === undefined) return '';
  return verdict.holds ? 'holds' : '**known to fail**';
};

/** The page over all properties: one line each. */
export function propertiesIndex(families: readonly Family[]): string {
  const kernels = [...new Set(properties.flatMap(({ verdicts }) => Object.keys(verdicts)))];
  return page(
    link('kswapd, specified', '../README.md'),
    '# What must hold',
    'A property is a promise, written as a check on random cases. For each kernel it says whether it holds or is ' +
      'known to fail. A property that holds must never be seen to fail, and one that is known to fail must be: ' +
      'either surprise fails the suite. A check that hardly met the cases it is about proves nothing, so each ' +
      'property also says which cases it must have seen, and how often; too few is a failure as well.',
    'Known failures are promises that people assume and the kernel does not keep. Each has its reason, and the ' +
      'smallest case that shows it.',
    'What kswapd and tasks come to in the end is said by promises of another kind: ' +
      `${link('What is owed in the end', 'in-the-end.md')}.`,
    families.flatMap((family) => [
      `## ${link(FAMILY_TITLES[family], `${family}.md`)}`,
      table(
        ['property', ...kernels],
        properties
          .filter((property) => property.family === family)
          .map(({ id, title, verdicts }) =>
            [link(plain(title), `${family}.md#${id}`)].concat(kernels.map((kernel) => shortVerdict(verdicts[kernel]))),
          ),
      ),
    ]),
  );
}
