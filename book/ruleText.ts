import { hasRule, type Kernel, type RuleName } from '../model/index.ts';
import { properties, type Property } from '../properties/index.ts';
import type { DocComment } from './comments.ts';
import type { Example } from './example.ts';
import { exampleText } from './exampleText.ts';
import type { Entry } from './ruleFamily.ts';
import { readSource, showSources } from './kernelSource.ts';
import { code, link, listed, plain } from './markdown.ts';
import type { CommentFinder } from './modelComments.ts';
import { reasonsText } from './reasons.ts';
import { goneIn, historyText, kernelNamed, sinceOf, versionsOf, type Version } from './versions.ts';
import { parametersInWords } from './words.ts';

/** What the book says of a rule: in which kernels it is what, why, and worked examples. */
export function ruleText(entry: Entry, commentOf: CommentFinder, examples: readonly Example[]): string {
  const versions = ruleVersions(entry);
  const has = versions.flatMap(({ kernels }) => kernels);
  const own = examples.filter(({ rule }) => rule === entry.name);
  // An example stands with the first version that it is asked of.
  const shownWith = (one: Example) => versions.find(({ kernels }) => kernels.some((k) => one.kernels.includes(k)));
  const comments = versions.map((version) => commentOf(entry.name, '', sinceOf(version)));
  const shown = versions.map((version, i) => {
    const [comment, before] = [comments[i]!, comments[i - 1]];
    return [
      i === 0 ? '' : `### ${code(entry.name)} in ${listed(version.kernels)}`,
      whyText(entry.name, version),
      sourcesText(comment),
      ...comment.text.map(plain),
      takesText(entry, comment, before),
      abstractsText(comment),
      i === 0 ? checkedText(entry.name, versions, commentOf) : '',
      ...own.filter((one) => shownWith(one) === version).map((one) => exampleText(one, has)),
    ];
  });
  return [`## ${code(entry.name)}`, `*${historyText(versions)}*`, ...shown.flat(), goneText(entry.name, versions)]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** The forms of a rule; what is no rule is the same in all kernels that it is there for. */
export function ruleVersions({ name, only }: Entry): readonly Version<unknown>[] {
  const isRule = (k: Kernel): boolean => typeof k[name as RuleName] === 'function';
  return versionsOf((k) => {
    if (isRule(k)) return hasRule(k, name as RuleName) ? k[name as RuleName] : undefined;
    return only === undefined || only.includes(k.name) ? name : undefined;
  });
}

/** Why a kernel has the rule like this; nothing for the first kernel. */
function whyText(name: string, version: Version<unknown>): string {
  const k = kernelNamed(sinceOf(version));
  const why = reasonsText(k, name);
  if (why !== '') return `What made it so:\n\n${why}`;
  const withLoop = k.differences.some(({ loop = {} }) => name in loop);
  return withLoop ? `It came with ${link('the loop of later kernels', '../loop-by-node.md')}.` : '';
}

/** Why a kernel does without the rule. */
function goneText(name: string, versions: readonly Version<unknown>[]): string {
  const k = goneIn(versions);
  const why = k === undefined ? '' : reasonsText(k, name);
  return why === '' ? '' : `Why it is gone in ${k!.name}:\n\n${why}`;
}

/** What a rule takes and gives; of a later form only what it takes, if that is something else. */
function takesText({ gives }: Entry, { parameters = [] }: DocComment, before: DocComment | undefined): string {
  const takes = parametersInWords(parameters);
  if (before === undefined) return `**Takes** ${takes}. **Answers** ${gives}.`;
  return takes === parametersInWords(before.parameters ?? []) ? '' : `**Takes** ${takes}.`;
}

/** Where the kernel says it. */
export function sourcesText({ kernel }: DocComment): string {
  if (kernel.length === 0) return '';
  return `*In the kernel:* ${showSources(kernel).join('; ')}.`;
}

/** What the model leaves out. */
export const abstractsText = ({ abstracts }: DocComment): string =>
  abstracts.map((text) => `*Left out of the model:* ${plain(text).replace(/\.?$/, '.')}`).join('\n\n');

/** The properties whose sources name the function that this rule is called after, in any of its forms. */
function checkedText(name: string, versions: readonly Version<unknown>[], commentOf: CommentFinder): string {
  const sources = versions.flatMap((version) => commentOf(name, '', sinceOf(version)).kernel);
  const own = new Set(sources.filter((text) => isNamedAfter(name, text)));
  const checking = properties.filter((property) => property.sources.some((source) => own.has(source)));
  if (checking.length === 0) return '';
  return `*Checked by:* ${listed(checking.map((property) => propertyLink(property, '../')))}.`;
}

const letters = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** `runBalancePgdat` and `v4.0 mm/vmscan.c balance_pgdat` are one name. */
const isNamedAfter = (name: string, source: string): boolean =>
  readSource(source).names.some((kernelName) => letters(name).replace(/^run/, '') === letters(kernelName));

/** A link to where a property is described, from a page that is so far below the top. */
const propertyLink = ({ id, family, title }: Property, top: string): string =>
  link(plain(title), `${top}properties/${family}.md#${id}`);
