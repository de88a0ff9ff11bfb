import type { Kernel } from '../model/index.ts';
import { FAMILIES, properties } from '../properties/index.ts';
import { RULE_FAMILIES } from './families.ts';
import { link, page } from './markdown.ts';
import { FAMILY_INTROS, FAMILY_TITLES } from './propertyFamilies.ts';

const failing = (k: Kernel): number => properties.filter(({ verdicts }) => verdicts[k.name]?.holds === false).length;

/** Where to begin, by what a reader came for. */
const READING_PATHS = [
  '## Where to begin',
  '**If you run machines** and kswapd is busy: [balance](rules/balance.md) says what it works for, ' +
    '[what can be reclaimed](rules/reclaimable.md) when it gives up, and [sleep](rules/sleep.md) what the counters ' +
    'in /proc/vmstat mean. [Set-up](rules/set-up.md) tells which setting moves which mark. Then let ' +
    '`npx kswapd-spec explain` apply these rules to your own /proc/zoneinfo.',
  '**If you change the kernel:** find your function [by its kernel name](by-kernel-name.md), read what it promises ' +
    'and what is [checked of it](properties/README.md), then [the loop](loop.md) around it. The known failures, ' +
    'with their smallest witnesses, show which promises were never kept: begin with ' +
    '[requests](properties/requests.md). The README’s program asks all of it of a kernel with your own ' +
    'rule in it.',
  '**If you are learning:** read this page, then [watermarks](rules/watermarks.md), [balance](rules/balance.md) and ' +
    '[the loop](loop.md), in this order, with the [glossary](glossary.md) beside you. Work the examples before you ' +
    'look at the answers. The other pages can then be read in any order; and ' +
    '`npx kswapd-spec replay a-request-is-recorded --step` goes through a case step by step.',
];

/** The first page: what kswapd is, where to begin, and what there is. */
export function indexPage(k: Kernel): string {
  return page(
    '# kswapd, specified',
    'How Linux keeps memory free: rule by rule, with the kernel’s own names, worked examples, and the promises ' +
      `that are checked. This is Linux ${k.name}.`,
    READING_PATHS,
    '## What kswapd is',
    'A running Linux fills its memory on purpose: what programs do not use holds parts of files, since memory that ' +
      'is merely free is of no use to anyone. But some must be free at any moment, because whoever needs memory ' +
      'usually needs it now. So the kernel keeps a little of every zone of memory free, and a thread, **kswapd**, ' +
      'one for each memory node, keeps it so.',
    'It works like the float in a cistern, with two levels instead of one. Each zone has a *low mark* and a *high ' +
      'mark*. When an allocation finds too little above the low marks, it wakes kswapd and goes on. kswapd then ' +
      '*reclaims*: it drops file pages that can be read again, and writes pages of programs to swap, until the ' +
      'zones are above their high marks. Then it dozes for a tenth of a second to see whether that lasts, and ' +
      'sleeps. Below the low mark lies a third, the *min mark*: who finds even that gone must reclaim by itself, ' +
      'and waits for it. kswapd exists so that this hardly ever happens.',
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
    `The model answers as the kernel’s C functions do in thousands of recorded cases. Of the ${properties.length} ` +
      `properties, ${failing(k)} are known to fail in ${k.name}: promises that one would expect and the kernel ` +
      'does not keep.',
    '## The state and its rules',
    [
      '- [The state](state.md): what rules look at: zones, free lists, counters, requests, kswapd’s own variables',
      ...RULE_FAMILIES.map(({ id, title, summary }) => `- ${link(title, `rules/${id}.md`)}: ${summary}`),
    ].join('\n'),
    '## The loop',
    '- [The loop of kswapd](loop.md): a diagram of all points, and what happens at each ([picture](loop.svg))',
    '## What must hold',
    [
      '- [All properties](properties/README.md), with their verdicts',
      ...FAMILIES.map(
        (family) => `- ${link(FAMILY_TITLES[family], `properties/${family}.md`)}: ${FAMILY_INTROS[family]}`,
      ),
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
