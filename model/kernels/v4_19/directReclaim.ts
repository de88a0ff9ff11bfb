import { nextPriority, returnOrRetry } from '../../direct/passes.ts';
import { nextZone, shrink, shrinkRecord, shrinkZones } from '../../direct/shrinkZones.ts';
import type { Difference } from '../../kernel.ts';

const nextZoneByNode = nextZone(shrinkRecord);

/** What v4.19 changed in direct reclaim, oldest first. */
export const directReclaimDifferences: readonly Difference[] = [
  {
    since: 'v4.5',
    commit: '7bf52fb891b6',
    why:
      'Buffer heads over their limit pin low memory from high memory, so direct reclaim frees high memory ' +
      'again then.',
    directReclaim: { transitions: { shrinkZones } },
  },
  {
    since: 'v4.7',
    commit: '0a0337e0d1d1',
    why:
      'Zones that were not given up counted as progress, and could put off the out-of-memory killer for ever. The ' +
      'allocator now counts its own retries, and direct reclaim says plainly whether it reclaimed anything.',
    directReclaim: { transitions: { returnOrRetry }, yields: { shrink } },
  },
  {
    since: 'v4.8',
    commit: 'b2e18757f2c9',
    why: 'Page lists moved from zones to nodes: a node is shrunk as a whole, up to the highest zone that may be used.',
    directReclaim: { transitions: { nextZone: nextZoneByNode }, yields: { shrink } },
  },
  {
    since: 'v4.8',
    commit: '79dafcdca315',
    why: 'Each zone of the zonelist would shrink its node once more; zones of one node in a row now shrink it once.',
    directReclaim: { transitions: { nextZone: nextZoneByNode } },
  },
  {
    since: 'v4.11',
    commit: '726d061fbd36',
    why:
      'Flushers were woken, and laptops made to write, for pages scanned, clean ones too. Only dirty pages met at ' +
      'the end of the lists wake them now.',
    directReclaim: { transitions: { nextPriority } },
  },
  {
    since: 'v4.12',
    commit: 'd6622f6365db',
    why: 'The pass below low limits was made even if no control group had one. It needs one that was spared now.',
    directReclaim: { transitions: { returnOrRetry }, yields: { shrink } },
  },
];
