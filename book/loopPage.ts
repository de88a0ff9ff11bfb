import type { Kernel } from '../model/index.ts';
import { link, page } from './markdown.ts';
import type { CommentFinder } from './modelComments.ts';
import { LOOP_PICTURE, picturesText } from './pictures.ts';
import { LOOP_BY_ZONE, pagePoints } from './programPages.ts';
import { stepText } from './stepText.ts';
import { storyText } from './story.ts';

/** The page about the loop of the first kernel's kswapd: the diagram, and each point of it. */
export function loopPage(k: Kernel, commentOf: CommentFinder): string {
  return page(
    link('kswapd, specified', 'README.md'),
    '# The loop',
    `This is the whole of kswapd, as ${k.name} runs it: a machine that goes from point to point, one transition at ` +
      'a time. At most points it goes on by itself. At the four *yield points* it waits, or works long beside the ' +
      'rest of the machine; there the environment takes a turn (tasks allocate and free, wake-ups arrive, reclaim ' +
      'gets something or nothing), and the turn resumes it. Nothing else happens in between, so every decision can ' +
      'be replayed exactly. Later kernels balance a node as a whole: see [the loop by node](loop-by-node.md).',
    'The picture, and the Mermaid diagram for code hosts that draw it, are made from the model: the arrows are those ' +
      'that its transitions declare, and the tests hold every run against them.',
    picturesText(LOOP_PICTURE, [k]),
    'An attempt to sleep is `kswapdTryToSleep` to `takeRequest`; a balancing run is `balancePgdat` to `balanced`, ' +
      'and a round of it `findEndZone` to `nextRound`. kswapd begins at `checkRequest`.',
    storyText(k),
    '## The points, one by one',
    pagePoints(LOOP_BY_ZONE).map((point) => stepText(LOOP_BY_ZONE, point, commentOf)),
  );
}
