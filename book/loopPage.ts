import { isYieldPoint, pointsOf, stepAt, type Kernel, type Point } from '../model/index.ts';
import type { DocComment } from './comments.ts';
import { leadsTo, loopGraph } from './diagram/graph.ts';
import { mermaid } from './diagram/mermaid.ts';
import { code, fenced, link, listed, page, plain, slug } from './markdown.ts';
import { storyText } from './story.ts';
import { abstractsText, sourcesText } from './ruleText.ts';

const pointLink = (point: Point): string => link(code(point), `#${slug(point)}`);

/** The page about kswapd's loop: the diagram, and each point of it. */
export function loopPage(k: Kernel, commentOf: (name: string, folder: string) => DocComment): string {
  return page(
    link('kswapd, specified', 'README.md'),
    '# The loop',
    `This is the whole of kswapd, as ${k.name} runs it: a machine that goes from point to point, one transition at ` +
      'a time. At most points it goes on by itself. At the four *yield points* it waits, or works long beside the ' +
      'rest of the machine; there the environment takes a turn (tasks allocate and free, wake-ups arrive, reclaim ' +
      'gets something or nothing), and the turn resumes it. Nothing else happens in between, so every decision can ' +
      'be replayed exactly.',
    'The picture and the diagram below it are drawn from the model: the arrows are those that its transitions ' +
      'declare, and the tests hold every run against them.',
    '![The loop as boxes and arrows; yellow hexagons are the points where kswapd waits](loop.svg)',
    'The same as a Mermaid diagram, for code hosts that draw it:',
    fenced('mermaid', mermaid(loopGraph(k))),
    'An attempt to sleep is `kswapdTryToSleep` to `takeRequest`; a balancing run is `balancePgdat` to `balanced`, ' +
      'and a round of it `findEndZone` to `nextRound`. kswapd begins at `checkRequest`.',
    storyText(k),
    '## The points, one by one',
    pointsOf(k).map((point) => pointText(k, point, commentOf)),
  );
}

function pointText(k: Kernel, point: Point, commentOf: (name: string, folder: string) => DocComment): string {
  const step = stepAt(k, point);
  if (step === undefined) return '### `stopped`\n\nkswapd has left its loop, and its thread ends.';
  const comment = commentOf(point, 'loop/byZone/');
  return [
    `### ${code(point)}`,
    isYieldPoint(point) ? `*Waits for* ${k.yields[point]!.waitsFor}.` : '',
    `**${plain(step.does)}**`,
    ...comment.text.map(plain),
    `*Goes to* ${listed(leadsTo(k, point).map(pointLink), 'or')}.`,
    sourcesText(comment),
    abstractsText(comment),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}
