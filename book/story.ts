import { v5_9, watchScenario, type Kernel, type Scenario } from '../model/index.ts';
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

/** A balanced node in which an allocation mixed kinds of pages: its zone is boosted. */
const BOOSTED: Scenario = {
  system: { ...SYSTEM, compaction: true },
  node: writtenNode([
    { name: 'Normal', min: 80, low: 100, high: 120, free: 250, lru: { inactiveFile: 600, activeFile: 400 } },
  ]),
  script: [
    {},
    { events: [{ boost: { zone: 0, pages: 64 } }, { wakeup: { zone: 0, order: 0, zoneIdx: 0 } }] },
    { scanned: 200, reclaimed: [40] },
    { scanned: 200, reclaimed: [40] },
    {},
  ],
  limit: 10,
};

/** A run from one sleep to the next, for a reader who has not seen one. */
export const storyText = (k: Kernel): string =>
  told(
    k,
    '## One run, from sleep to sleep',
    'A node of one zone has 130 pages free, ten more than its high mark, and kswapd goes to sleep. A task takes 20 ' +
      'pages: 110 are left, still above the low mark, and no one minds. Another takes 15 and finds 95, below the ' +
      'low mark; it wakes kswapd. kswapd asks the zone for its high mark, 120 pages, and gets them while a task ' +
      'takes 30 more: 185 are free, the node is balanced, and after a doze kswapd sleeps again.',
    SLEEP_TO_SLEEP,
  );

/** A run for the sake of a boost. */
export const boostStoryText = (): string =>
  told(
    v5_9,
    '## One run of v5.9, for a boost',
    'A node of one zone has 250 pages free, far more than its high mark, and kswapd sleeps. An allocation had to ' +
      'break up a block of another kind of pages, so the zone is boosted by 64 pages and kswapd is woken, though the ' +
      'node is balanced. It reclaims 40 pages, and once more 40, without writing or swapping: that makes up for the ' +
      'boost. The boost ends, kcompactd is woken to make whole page blocks of what was freed, and after a doze ' +
      'kswapd sleeps again.',
    BOOSTED,
  );

/** A run that begins awake and sleeps twice, the second time to the end. */
function told(k: Kernel, heading: string, text: string, given: Scenario): string {
  const { end, trace } = watchScenario(k, given);
  const sleeps = trace.filter(({ ev }) => ev === 'sleep').length;
  if (end !== 'asleep' || sleeps !== 2)
    throw new Error(`A run of the book ends as ${end} after ${sleeps} sleeps, not 2: ${heading}`);
  return [heading, text, fenced('text', renderCase({ kernel: k, kind: 'scenario', given }, PLAIN))].join('\n\n');
}
