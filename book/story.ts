import { watchScenario, type Kernel, type Scenario } from '../model/index.ts';
import { PLAIN, renderCase } from '../report/counterexample/index.ts';
import { fenced } from './markdown.ts';
import { SYSTEM, writtenNode } from './sketch.ts';

/** A node that is just balanced: tasks take pages, one of them wakes kswapd, and reclaim succeeds. */
const SLEEP_TO_SLEEP: Scenario = {
  system: SYSTEM,
  node: writtenNode([
    { name: 'Normal', min: 80, low: 100, high: 120, free: 130, lru: { inactiveFile: 600, activeFile: 400 } },
  ]),
  script: [
    {},
    { events: [{ take: { zone: 0, order: 0, count: 20 } }] },
    { events: [{ take: { zone: 0, order: 0, count: 15 } }, { wakeup: { zone: 0, order: 0, zoneIdx: 0 } }] },
    { scanned: 150, reclaimed: [120], events: [{ take: { zone: 0, order: 0, count: 30 } }] },
    {},
  ],
  limit: 10,
};

/** A run from one sleep to the next, for a reader who has not seen one. */
export function storyText(k: Kernel): string {
  const { end, trace } = watchScenario(k, SLEEP_TO_SLEEP);
  const sleeps = trace.filter(({ ev }) => ev === 'sleep').length;
  if (end !== 'asleep' || sleeps !== 2)
    throw new Error(`The run of the book ends as ${end} after ${sleeps} sleeps, not 2`);
  return [
    '## One run, from sleep to sleep',
    'A node of one zone has 130 pages free, ten more than its high mark, and kswapd goes to sleep. A task takes 20 ' +
      'pages: 110 are left, still above the low mark, and no one minds. Another takes 15 and finds 95, below the ' +
      'low mark; it wakes kswapd. kswapd asks the zone for its high mark, 120 pages, and gets them while a task ' +
      'takes 30 more: 185 are free, the node is balanced, and after a doze kswapd sleeps again.',
    fenced('text', renderCase({ kernel: k, kind: 'scenario', given: SLEEP_TO_SLEEP }, PLAIN)),
  ].join('\n\n');
}
