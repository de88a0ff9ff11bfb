import { silent } from '../../../outcome.ts';
import type { Transition } from '../../transition.ts';
import { takePending } from '../request.ts';

/**
 * After an attempt to sleep, whatever came of it, kswapd takes the pending request as its own and forgets it. Without
 * a request since the last one it goes on with the zone index that it had.
 * @kernel v5.9 mm/vmscan.c kswapd
 */
export const takeRequest: Transition = {
  to: ['checkFreeze'],
  does: 'Takes the pending request over and forgets it; without one it serves order 0 and the zone index that it had.',
  step: (k, m) => silent(takePending(k, m, m.thread.balancedOrder, m.thread.classzoneIdx)),
};
