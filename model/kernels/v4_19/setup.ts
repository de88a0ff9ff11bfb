import type { Difference } from '../../kernel.ts';
import { calculateTotalreservePages, setupPerZoneLowmemReserve } from '../../setup/v4_19/reserves.ts';
import { initPerZoneWmarkMin, setupPerZoneWmarks } from '../../setup/v4_19/watermarks.ts';

/** What v4.19 changed in watermarks and reserves, oldest first. */
export const setupDifferences: readonly Difference[] = [
  {
    since: 'v4.6',
    commit: '795ae7a0de6b',
    why:
      'On large machines the marks lay so close together that bursts ran through them before kswapd was up. ' +
      'watermark_scale_factor sets a distance in proportion to the zone.',
    rules: { setupPerZoneWmarks },
  },
  {
    since: 'v4.7',
    commit: '59dc76b0d4df',
    why:
      'File lists are aged by a ratio as well now, so it is computed from the lists when they are looked at, and no ' +
      'longer kept with each zone at set-up.',
    rules: { initPerZoneWmarkMin },
    removes: ['setupPerZoneInactiveRatio', 'calculateZoneInactiveRatio'],
  },
  {
    since: 'v4.8',
    commit: '281e37265f28',
    why: 'Dirty limits go by nodes instead of zones: what users cannot have is added up for each node.',
    rules: { calculateTotalreservePages },
  },
  {
    since: 'v4.17',
    commit: 'd3cda2337bbc',
    why:
      'High memory kept pages from requests for Movable, which nothing else could have used. A ratio of 0 now means ' +
      'that a zone keeps nothing, where it used to mean that it keeps everything.',
    rules: { setupPerZoneLowmemReserve },
  },
];
