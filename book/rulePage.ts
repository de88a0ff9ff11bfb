import type { Example } from './example.ts';
import { RULE_FAMILIES } from './families.ts';
import { code, link, listed, page, slug } from './markdown.ts';
import type { CommentFinder } from './modelComments.ts';
import { FAMILY_TITLES } from './propertyFamilies.ts';
import { ruleText } from './ruleText.ts';
import type { RuleFamily } from './ruleFamily.ts';

/** A page of rules that belong together. */
export function rulePage(family: RuleFamily, commentOf: CommentFinder, examples: readonly Example[]): string {
  const contents = family.entries.map(({ name }) => `- ${link(code(name), `#${slug(name)}`)}`);
  const properties = family.properties.map((id) => link(FAMILY_TITLES[id], `../properties/${id}.md`));
  return page(
    link('kswapd, specified', '../README.md'),
    `# ${family.title}`,
    family.intro,
    `What must hold of this is on the ${properties.length > 1 ? 'pages' : 'page'} ${listed(properties)}.`,
    contents.join('\n'),
    family.entries.map((entry) => ruleText(entry, commentOf, examples)),
    neighbours(family),
  );
}

/** Links to the families before and after. */
function neighbours(family: RuleFamily): string {
  const at = RULE_FAMILIES.indexOf(family);
  const [before, after] = [RULE_FAMILIES[at - 1], RULE_FAMILIES[at + 1]];
  return [
    '---\n',
    [
      ...(before === undefined ? [] : [`Before: ${link(before.title, `${before.id}.md`)}.`]),
      after === undefined
        ? `Next: ${link('The page allocator', '../allocator.md')}.`
        : `Next: ${link(after.title, `${after.id}.md`)}.`,
    ].join(' '),
  ].join('\n');
}
