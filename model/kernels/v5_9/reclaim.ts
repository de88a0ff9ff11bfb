import type { Difference } from '../../kernel.ts';
import * as boosts from '../../loop/byNode/v5_9/balance.ts';
import { takeRequest } from '../../loop/byNode/v5_9/request.ts';
import { pgdatWatermarkBoosted } from '../../rules/v5_9/boost.ts';
import { kswapdHighestZoneidx } from '../../rules/v5_9/request.ts';
import { wakeupKswapd } from '../../rules/v5_9/wakeup.ts';

/** What v5.9 changed in kswapd and those who wake it, oldest first. */
export const reclaimDifferences: readonly Difference[] = [
  {
    since: 'v5.0',
    commit: '1c30844d2dfe',
    why:
      'When an allocation has to break up memory of another migrate type, the zone’s marks are boosted and ' +
      'kswapd is woken, balanced or not. It reclaims as many pages as the boosts say, without writing or ' +
      'swapping, and then ends the boosts and wakes kcompactd for whole page blocks.',
    rules: { pgdatWatermarkBoosted, wakeupKswapd },
    transitions: {
      balancePgdat: boosts.balancePgdat,
      checkNode: boosts.checkNode,
      nextRound: boosts.nextRound,
      balanced: boosts.balanced,
    },
  },
  {
    since: 'v5.3',
    commit: 'dffcac2cb88e',
    why:
      'After a failed attempt to sleep without a new request kswapd balanced zone 0 alone, which could not help ' +
      'the zone that was low. It goes on with the zone index that it had, and a new request replaces that index ' +
      'even if it is lower.',
    rules: { kswapdHighestZoneidx },
    transitions: { takeRequest },
  },
  {
    since: 'v5.7',
    commit: '5644e1fbbfe1',
    why:
      'Several allocators read and wrote the pending index at a time and could see the index that stands for ' +
      'none. Each reads it once and writes it only to raise it.',
    rules: { kswapdHighestZoneidx, wakeupKswapd },
  },
  {
    since: 'v5.8',
    commit: '97a225e69a1f',
    why:
      'The index was that of the first zone of the local zonelist, so that one request kept different reserves ' +
      'on different nodes. It is the highest zone that the request may use, and is called so.',
    rules: { kswapdHighestZoneidx },
    removes: ['kswapdClasszoneIdx'],
  },
];
