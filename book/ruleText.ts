import type { Kernel } from '../model/index.ts';
import { properties, type Property } from '../properties/index.ts';
import type { DocComment } from './comments.ts';
import type { Example } from './example.ts';
import { exampleText } from './exampleText.ts';
import type { Entry } from './families.ts';
import { readSource, showSources } from './kernelSource.ts';
import { code, link, listed, plain } from './markdown.ts';
import { parametersInWords } from './words.ts';

/** What the book says of a rule: its promise, its sources, what it takes and gives, and worked examples. */
export function ruleText(k: Kernel, entry: Entry, comment: DocComment, examples: readonly Example[]): string {
  const own = examples.filter(({ rule }) => rule === entry.name);
  return [
    `## ${code(entry.name)}`,
    sourcesText(comment),
    ...comment.text.map(plain),
    `**Takes** ${parametersInWords(comment.parameters ?? [])}. **Answers** ${entry.gives}.`,
    abstractsText(comment),
    checkedText(comment),
    ...own.map((one) => exampleText(k, one)),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** Where the kernel says it. */
export function sourcesText({ kernel }: DocComment): string {
  if (kernel.length === 0) return '';
  return `*In the kernel:* ${showSources(kernel).join('; ')}.`;
}

/** What the model leaves out. */
export const abstractsText = ({ abstracts }: DocComment): string =>
  abstracts.map((text) => `*Left out of the model:* ${plain(text).replace(/\.?$/, '.')}`).join('\n\n');

/** The properties whose sources name the function that this rule is called after. */
function checkedText({ name, kernel }: DocComment): string {
  const own = new Set(kernel.filter((text) => isNamedAfter(name, text)));
  const checking = properties.filter(({ sources }) => sources.some((source) => own.has(source)));
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
