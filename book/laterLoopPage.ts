import { link, page } from './markdown.ts';
import type { CommentFinder } from './modelComments.ts';
import { LOOP_PICTURE, picturesText } from './pictures.ts';
import { LOOP_BY_NODE, pagePoints } from './programPages.ts';
import { reasonsText } from './reasons.ts';
import { stepText } from './stepText.ts';
import { boostStoryText } from './story.ts';
import { kernelNamed } from './versions.ts';

/** The page about the loop that balances a node as a whole. */
export function laterLoopPage(commentOf: CommentFinder): string {
  return page(
    link('kswapd, specified', 'README.md'),
    '# The loop by node',
    'From v4.8 on pages stand on lists of the node, not of its zones, and kswapd works on the node as a whole. Its ' +
      'loop in v4.19 and v5.9 is this one; that of v4.0 is on the page about [the loop](loop.md). It waits at three ' +
      '*yield points*: compaction is left to a thread of its own, kcompactd.',
    'An attempt to sleep is `kswapdTryToSleep` to `takeRequest`; a balancing run is `balancePgdat` to `balanced`, ' +
      'and a round of it `checkNode` to `nextRound`. kswapd begins at `startKswapd`.',
    '## What made it so',
    reasonsText(kernelNamed('v4.19'), 'the loop of kswapd'),
    picturesText(LOOP_PICTURE, LOOP_BY_NODE.kernels),
    boostStoryText(),
    '## The points, one by one',
    pagePoints(LOOP_BY_NODE).map((point) => stepText(LOOP_BY_NODE, point, commentOf)),
  );
}
