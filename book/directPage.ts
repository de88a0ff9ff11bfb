import { directStoryText } from './directStory.ts';
import { link, page } from './markdown.ts';
import type { CommentFinder } from './modelComments.ts';
import { DIRECT_PICTURE, picturesText } from './pictures.ts';
import { DIRECT_PAGE, pagePoints } from './programPages.ts';
import { recordText } from './recordText.ts';
import { statePlaces } from './statePage.ts';
import { stepText } from './stepText.ts';

const PLACES = { ...statePlaces, DirectTask: '', ScanControl: '' };

/** The page about a task that frees memory itself. */
export function directPage(commentOf: CommentFinder): string {
  return page(
    link('kswapd, specified', 'README.md'),
    '# Direct reclaim',
    'A task that needs memory and finds too little even at the min marks frees some itself, and waits for it. Before ' +
      'that it may be throttled: when the last reserves are going, it waits until kswapd has freed some. Then it ' +
      'walks over its zonelist, at priority 12 first and down to 0, until it has 32 pages or until compaction can do ' +
      'more. What it returns decides whether the [page allocator](allocator.md) goes on or turns to the OOM killer: ' +
      'the pages reclaimed, 1 for other progress, 0 for none.',
    'It is a small-step machine like [kswapd’s loop](loop.md): at its yield points a turn of the environment resumes ' +
      'it. When it may go on is on the page about [throttling](rules/throttling.md), what must hold on the page ' +
      '[Direct reclaim knows when to stop](properties/direct.md).',
    picturesText(DIRECT_PICTURE, DIRECT_PAGE.kernels),
    directStoryText(),
    '## What a task carries along',
    ['DirectTask', 'ScanControl'].map((name) => recordText(commentOf(name, 'direct/'), PLACES)),
    '## The points, one by one',
    pagePoints(DIRECT_PAGE).map((point) => stepText(DIRECT_PAGE, point, commentOf)),
  );
}
