import type { Difference } from '../../kernel.ts';
import { __compactionSuitable, compactionSuitable } from '../../rules/v4_19/compaction.ts';
import { compactionReady } from '../../rules/v4_19/compactionReady.ts';
import { shrinkNode } from '../../rules/v4_19/shrinkNode.ts';
import { __zoneWatermarkOk } from '../../rules/v4_19/watermark.ts';

/** What v4.19 changed in kswapd and those who wake it, oldest first. */
export const reclaimDifferences: readonly Difference[] = [
  {
    since: 'v4.4',
    commit: '97a16fc82a7c',
    why:
      'Scaling the mark down order by order could refuse a request although a suitable block was free. Now the mark ' +
      'is for order 0 only, and a high order needs one block on a list that it may use.',
    rules: { __zoneWatermarkOk },
  },
  {
    since: 'v4.8',
    why: 'Page lists moved from zones to nodes, so that a node is shrunk, up to the highest zone that may be used.',
    rules: { shrinkNode },
  },
  {
    since: 'v4.9',
    why: 'Compaction is judged at the mark of the request, may use CMA pages, and asks for twice the request above min.',
    rules: { __compactionSuitable, compactionSuitable, compactionReady },
  },
];
