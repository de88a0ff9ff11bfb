import type { Difference } from '../../kernel.ts';
import { highWmarkPages, lowWmarkPages, minWmarkPages } from '../../rules/v5_9/marks.ts';
import { setupPerZoneLowmemReserve } from '../../setup/v5_9/reserves.ts';
import { initPerZoneWmarkMin, setupPerZoneWmarks } from '../../setup/v5_9/watermarks.ts';

/** What v5.9 changed in watermarks and reserves, oldest first. */
export const setupDifferences: readonly Difference[] = [
  {
    since: 'v5.0',
    commit: '1c30844d2dfe',
    why:
      'When an allocation has to break up memory of another migrate type, the zone’s marks are boosted for a while, ' +
      'so that kswapd frees whole blocks. Every mark is read with its boost; setting the marks anew ends it.',
    rules: { minWmarkPages, lowWmarkPages, highWmarkPages, setupPerZoneWmarks },
  },
  {
    since: 'v5.8',
    commit: 'ee8eb9a5fe86',
    why: 'Large machines with transparent huge pages need more than 64 MiB kept free: min_free_kbytes may be 256 MiB.',
    rules: { initPerZoneWmarkMin },
  },
  {
    since: 'v5.8',
    commit: '26363af56434',
    why: 'Ratios below 1 become 0 when the setting is written, and not each time that reserves are computed.',
    rules: { setupPerZoneLowmemReserve },
  },
  {
    since: 'v5.8',
    commit: 'f63661566fad',
    why:
      'An empty zone showed reserves in /proc/zoneinfo as if it had something to keep. As written, a zone whose ' +
      'ratio is 0 is also left out of what the zones below it keep.',
    rules: { setupPerZoneLowmemReserve },
  },
  {
    since: 'v5.8',
    commit: 'aa0925910958',
    why:
      'Low and high were computed from the boosted min mark while a boost was on, and stayed too high when it ended: ' +
      'the boost ends before they are computed.',
    rules: { setupPerZoneWmarks },
  },
];
