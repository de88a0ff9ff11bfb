import { FAMILIES, properties } from '../properties/index.ts';
import { ALLOCATOR_FAMILIES } from './allocatorFamilies.ts';
import { RULE_FAMILIES } from './families.ts';
import { link, listed, page } from './markdown.ts';
import { FAMILY_INTROS, FAMILY_TITLES } from './propertyFamilies.ts';
import { KERNELS } from './versions.ts';
import type { RuleFamily } from './ruleFamily.ts';

/** How many properties a kernel is asked, and how many of them it is known to fail. */
function judgedText({ name }: { readonly name: string }): string {
  const asked = properties.filter(({ verdicts }) => verdicts[name] !== undefined);
  const failing = asked.filter(({ verdicts }) => !verdicts[name]!.holds);
  return `${failing.length} of ${asked.length} in ${name}`;
}

/** Where to begin, by what a reader came for. */
const READING_PATHS = [
  '## Where to begin',
  '**If you run machines** and kswapd is busy: [balance](rules/balance.md) says what it works for, ' +
    '[what can be reclaimed](rules/reclaimable.md) when it gives up, and [sleep](rules/sleep.md) what the counters ' +
    'in /proc/vmstat mean. [Set-up](rules/set-up.md) tells which setting moves which mark. Then let ' +
    '`npx kswapd-spec explain` apply these rules to your own /proc/zoneinfo.',
  '**If you change the kernel:** find your function [by its kernel name](by-kernel-name.md), read what it promises, ' +
    'how [it changed](kernels.md), and what is [checked of it](properties/README.md), then the loop around it, ' +
    '[zone by zone](loop.md) or [by node](loop-by-node.md). The known failures, with their smallest witnesses, show ' +
    'which promises were never kept: begin with [requests](properties/requests.md). `npx kswapd-spec check` asks all ' +
    'of it of a kernel with your own rule in it, and `npx kswapd-spec diff` shows where two kernels decide ' +
    'differently.',
  '**If you are learning:** read this page, then [watermarks](rules/watermarks.md), [balance](rules/balance.md) and ' +
    '[the loop](loop.md), in this order, with the [glossary](glossary.md) beside you. Work the examples before you ' +
    'look at the answers. Read v4.0 first: each rule says below what later kernels made of it, and why. ' +
    '[The page allocator](allocator.md) shows who calls for kswapd, and [whole machines](machines.md) how all of it ' +
    'works together. The other pages can then be read in any order; and ' +
    '`npx kswapd-spec replay a-request-is-recorded --step` goes through a case step by step.',
];

/** The first page: what kswapd is, where to begin, and what there is. */
export function indexPage(): string {
  const own = RULE_FAMILIES.filter((family) => !ALLOCATOR_FAMILIES.includes(family));
  return page(
    '# kswapd, specified',
    'How Linux keeps memory free: rule by rule, with the kernel’s own names, worked examples, and the promises ' +
      `that are checked. For each rule it says how Linux ${listed(KERNELS.map(({ name }) => name))} answer, and why ` +
      'it changed.',
    READING_PATHS,
    '## What kswapd is',
    'A running Linux fills its memory on purpose: what programs do not use holds parts of files, since memory that ' +
      'is merely free is of no use to anyone. But some must be free at any moment, because whoever needs memory ' +
      'usually needs it now. So the kernel keeps a little of every zone of memory free, and a thread, **kswapd**, ' +
      'one for each memory node, keeps it so.',
    'It works like the float in a cistern, with two levels instead of one. Each zone has a *low mark* and a *high ' +
      'mark*. When an allocation finds too little above the low marks, it wakes kswapd and goes on. kswapd then ' +
      '*reclaims*: it drops file pages that can be read again, and writes pages of programs to swap, until the ' +
      'zones are above their high marks, in later kernels until one of them is. Then it dozes for a tenth of a ' +
      'second to see whether that lasts, and sleeps. Below the low mark lies a third, the *min mark*: ' +
      'who finds even that gone must reclaim by itself, and waits for it. kswapd exists so that this hardly ever ' +
      'happens.',
    'What makes it hard is everything that does not fit this picture. Zones are not alike, and a small one must ' +
      'not keep a large machine busy. Some requests want many pages in one piece, and free memory may lie in ' +
      'crumbs. Some pages cannot be had back however often they are looked at. Counters are a little wrong, ' +
      'because exact ones would be slow. New requests arrive while old ones are served. For each of these there is ' +
      'a rule, and most of kswapd’s history is the story of two rules that did not agree: the thread then never ' +
      'slept, or slept on a request.',
    '## How to read it',
    'Every rule is a pure function of a model, and these pages are generated from it: from the comments above the ' +
      'functions, from the records of the properties, and from examples that the model is asked again each time the ' +
      'pages are made. Each rule says where in the kernel’s sources it comes from; what was left out is marked as ' +
      'such. Quantities are in pages of 4 KiB.',
    'A rule is described as the first kernel has it that has it at all. Below stands what later kernels made of it, ' +
      'since when, by which commit and why; and what they did away with is said to be gone. Examples are asked of ' +
      'every kernel that has the rule: where one answers otherwise, it has a row of its own.',
    'The model answers as the kernels’ C functions do in thousands of recorded cases. Some properties are known to ' +
      `fail, promises that one would expect and the kernel does not keep: ${listed(KERNELS.map(judgedText))}.`,
    '## The state and its rules',
    [
      '- [The state](state.md): what rules look at: zones, free lists, counters, requests, kswapd’s own variables',
      ...own.map(familyText),
    ].join('\n'),
    '## The loop',
    [
      '- [The loop of kswapd](loop.md), zone by zone, in v4.0: a diagram of all points, and what happens at each',
      '- [The loop by node](loop-by-node.md), in v4.19 and v5.9',
    ].join('\n'),
    '## Those who need memory',
    [
      '- [The page allocator](allocator.md): what becomes of a request for pages, step by step',
      ...ALLOCATOR_FAMILIES.map(familyText),
      '- [Direct reclaim](direct-reclaim.md): a task that frees memory itself, step by step',
      '- [Whole machines](machines.md): nodes, their kswapds and tasks, all at work together',
    ].join('\n'),
    '## What must hold',
    [
      '- [All properties](properties/README.md), with their verdicts',
      ...FAMILIES.map(
        (family) => `- ${link(FAMILY_TITLES[family], `properties/${family}.md`)}: ${FAMILY_INTROS[family]}`,
      ),
      '- [Litmus cases](litmus.md): the rules and their failures in small named cases, with what comes of each and why',
    ].join('\n'),
    '## To look things up',
    [
      '- [The kernels](kernels.md): which are specified, and what each changed, why and since when',
      '- [By the kernel’s names](by-kernel-name.md): from `pgdat_balanced` to where it is described',
      '- [Glossary](glossary.md): every word, and the numbers that the kernel fixes',
      '- [scenario.schema.json](scenario.schema.json): the format of a case, for editors and other programs',
    ].join('\n'),
  );
}

const familyText = ({ id, title, summary }: RuleFamily): string => `- ${link(title, `rules/${id}.md`)}: ${summary}`;
