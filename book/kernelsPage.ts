import { kernels } from '../model/index.ts';
import { describeKernel, type ShownDifference, type ShownKernel } from '../report/kernels/describe.ts';
import { RULE_FAMILIES } from './families.ts';
import { code, link, listed, page, plain, slug } from './markdown.ts';

/** The specified kernels, and what each changed of the one before it. */
export function kernelsPage(): string {
  return page(
    link('kswapd, specified', 'README.md'),
    '# The kernels',
    'A kernel is a record of rules. Each one but the first is written as what it changed of the one before it. A ' +
      'rule that several changes made what it is stands with each of them; steps are named after the machine that ' +
      'they are part of, such as `kswapd.shrink`. `npx kswapd-spec kernels` lists the same.',
    Object.values(kernels).map((kernel) => kernelText(describeKernel(kernel))),
  );
}

function kernelText({ name, from, parts, differences }: ShownKernel): string {
  const lead =
    from === undefined
      ? `The first that is specified: ${parts} rules and steps, on the pages about ` +
        `${listed(RULE_FAMILIES.map(({ id, title }) => link(title.toLowerCase(), `rules/${id}.md`)))}, and ` +
        `[the loop](loop.md).`
      : `Made from ${from} by ${differences.length} differences; ${parts} rules and steps.`;
  return [`## Linux ${name}`, lead, ...differences.map(differenceText)].join('\n\n');
}

function differenceText({ since, commit, why, changes, adds, removes }: ShownDifference): string {
  const tree = 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=';
  const source = commit === undefined ? '' : ` (${link(code(commit), tree + commit)})`;
  const parts = [partsText('Changes', changes), partsText('Adds', adds), partsText('Removes', removes)];
  return [`- **${since}**${source}: ${plain(why)}`, ...parts.filter((text) => text !== '')].join(' ');
}

const partsText = (what: string, names: readonly string[]): string =>
  names.length === 0 ? '' : `*${what}* ${listed(names.map(partText))}.`;

/** What a difference touches: the name of a rule or step, leading to where the first kernel's is described. */
function partText(name: string): string {
  if (!/^[\w.]+$/.test(name)) return name;
  const family = RULE_FAMILIES.find(({ entries }) => entries.some((entry) => entry.name === name));
  return family === undefined ? code(name) : link(code(name), `rules/${family.id}.md#${slug(name)}`);
}
