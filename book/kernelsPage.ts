import { kernels } from '../model/index.ts';
import { describeKernel, type ShownDifference, type ShownKernel } from '../report/kernels/describe.ts';
import { RULE_FAMILIES } from './families.ts';
import { code, link, listed, page, slug } from './markdown.ts';
import { LOOP_BY_NODE, programPages } from './programPages.ts';
import { reasonText } from './reasons.ts';

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
        `[the loop](loop.md), [the page allocator](allocator.md) and [direct reclaim](direct-reclaim.md).`
      : `Made from ${from} by ${differences.length} differences; ${parts} rules and steps.`;
  return [`## Linux ${name}`, lead, ...differences.map(differenceText)].join('\n\n');
}

function differenceText(difference: ShownDifference): string {
  const { changes, adds, removes } = difference;
  const parts = [partsText('Changes', changes), partsText('Adds', adds), partsText('Removes', removes)];
  return [reasonText(difference), ...parts.filter((text) => text !== '')].join(' ');
}

const partsText = (what: string, names: readonly string[]): string =>
  names.length === 0 ? '' : `*${what}* ${listed(names.map(partText))}.`;

/** What a difference touches: the name of a rule or step, leading to where it is described. */
function partText(name: string): string {
  if (!/^[\w.]+$/.test(name)) return link(name, LOOP_BY_NODE.path);
  const family = RULE_FAMILIES.find(({ entries }) => entries.some((entry) => entry.name === name));
  if (family !== undefined) return link(code(name), `rules/${family.id}.md#${slug(name)}`);
  const [machine, point] = name.split('.') as [string, string];
  // The last page of a machine tells of its later kernels, and only these are made of differences.
  const shown = programPages.findLast(({ program }) => program.machine === machine)!;
  return link(code(name), `${shown.path}#${slug(point)}`);
}
