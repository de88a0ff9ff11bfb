import { returnOrRetry } from '../../direct/v5_9/passes.ts';
import { nextZone } from '../../direct/v5_9/walk.ts';
import type { Difference } from '../../kernel.ts';

/** What v5.9 changed in direct reclaim, oldest first. */
export const directReclaimDifferences: readonly Difference[] = [
  {
    since: 'v5.5',
    commit: 'b91ac374346b',
    why:
      'Whether active pages are deactivated is decided by the whole node’s lists now. That may spare the only pages ' +
      'that a request can use, so a pass that freed nothing is followed by one that deactivates them in any case.',
    directReclaim: { transitions: { nextZone, returnOrRetry } },
  },
];
