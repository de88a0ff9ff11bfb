import type { Family } from '../properties/index.ts';

/** What the pages of properties are called. */
export const FAMILY_TITLES: Readonly<Record<Family, string>> = {
  sleep: 'Sleep is earned',
  balance: 'Balance means what it says',
  compaction: 'Compaction knows when it helps',
  watermark: 'Watermarks are arithmetic',
  setup: 'Set-up makes sound numbers',
  rounds: 'Rounds follow their rules',
  accounting: 'Pages are accounted for',
  requests: 'Requests are not lost',
  loop: 'The loop keeps to its way',
  liveness: 'kswapd comes to rest',
  direct: 'Direct reclaim knows when to stop',
  machine: 'Machines as a whole',
};

/** What each family is about. */
export const FAMILY_INTROS: Readonly<Record<Family, string>> = {
  sleep: 'When kswapd sleeps, when it does not, what is counted, and who wakes it.',
  balance: 'What it means that a node is balanced, and that everyone who asks gets the same answer.',
  compaction: 'How fragmentation is measured, when compaction suits a zone, and what comes of it.',
  watermark: 'The comparison that everything rests on, and when reclaim gives a zone up.',
  setup: 'What can be relied on of the marks, reserves and thresholds that set-up computes.',
  rounds: 'How a balancing run goes from zone to zone and from round to round.',
  accounting: 'Where pages go, and what is counted on the way.',
  requests: 'What becomes of an allocator’s request from its wake-up on.',
  loop: 'How kswapd goes from one point of its loop to the next, and what it carries along.',
  liveness: 'That kswapd comes to rest when it should, and what its rest is worth.',
  direct: 'What a task does that has to free memory itself: when it waits, how far it goes, and what it returns.',
  machine:
    'What tasks, kswapds and nodes may rely on together: where pages come from, who wakes whom, and that it ends.',
};
