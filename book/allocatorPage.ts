import { link, listed, page } from './markdown.ts';
import { ALLOCATOR_FAMILIES } from './allocatorFamilies.ts';
import type { CommentFinder } from './modelComments.ts';
import { ALLOCATOR_PICTURE, ATTEMPT_PICTURE, picturesText } from './pictures.ts';
import { ALLOCATOR_PAGE, pagePoints } from './programPages.ts';
import { recordText, type RecordPlaces } from './recordText.ts';
import { statePlaces } from './statePage.ts';
import { requestStoryText } from './requestStory.ts';
import { stepText } from './stepText.ts';

const TASK_RECORDS = ['AllocTask', 'AllocRequest', 'AllocContext', 'Attempt', 'SlowPath', 'AllocatedPage'] as const;

const PLACES: RecordPlaces = { ...statePlaces, ...Object.fromEntries(TASK_RECORDS.map((name) => [name, ''])) };

/** The page about what becomes of a request for pages. */
export function allocatorPage(commentOf: CommentFinder): string {
  const rules = ALLOCATOR_FAMILIES.map(({ id, title }) => link(title.toLowerCase(), `rules/${id}.md`));
  return page(
    link('kswapd, specified', 'README.md'),
    '# The page allocator',
    'Whoever needs memory asks the page allocator for a block of 2^n pages. It is what wakes kswapd, and what kswapd ' +
      'works for. A first *attempt* walks over the zonelist and takes from the first zone that stays above its low ' +
      'mark. If there is none, the *slow path* begins: kswapd is woken, and more attempts follow, at the min marks ' +
      'and with the flags that the request is entitled to, after compaction, after ' +
      '[direct reclaim](direct-reclaim.md), and in the end after the OOM killer.',
    'This is a small-step machine like [kswapd’s loop](loop.md). Most points are passed at once; at the yield points ' +
      'the task waits, or works long beside others, until a turn resumes it. The rules that it asks are on the ' +
      `pages about ${listed(rules)}, [watermarks](rules/watermarks.md) and [wake-up](rules/wake-up.md).`,
    'Each kernel has two diagrams: one attempt, and the way from attempt to attempt, in which an attempt is the one ' +
      'box `getPageFromFreelist`.',
    picturesText(ATTEMPT_PICTURE, ALLOCATOR_PAGE.kernels),
    picturesText(ALLOCATOR_PICTURE, ALLOCATOR_PAGE.kernels),
    requestStoryText(),
    '## What a task carries along',
    TASK_RECORDS.map((name) => recordText(commentOf(name, 'alloc/'), PLACES)),
    '## The points, one by one',
    pagePoints(ALLOCATOR_PAGE).map((point) => stepText(ALLOCATOR_PAGE, point, commentOf)),
  );
}
