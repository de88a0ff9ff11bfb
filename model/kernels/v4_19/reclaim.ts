import type { Difference } from '../../kernel.ts';
import { loopByNode } from '../../loop/byNode/index.ts';
import { pgdatBalanced } from '../../rules/v4_19/balance.ts';
import { __compactionSuitable, compactionSuitable } from '../../rules/v4_19/compaction.ts';
import { compactionReady } from '../../rules/v4_19/compactionReady.ts';
import { allowDirectReclaim } from '../../rules/v4_19/pfmemalloc.ts';
import { kswapdClasszoneIdx } from '../../rules/v4_19/request.ts';
import { shrinkNode } from '../../rules/v4_19/shrinkNode.ts';
import { prepareKswapdSleep } from '../../rules/v4_19/sleep.ts';
import { wakeupKswapd } from '../../rules/v4_19/wakeup.ts';
import { __zoneWatermarkOk } from '../../rules/v4_19/watermark.ts';

/** What v4.19 changed in kswapd and those who wake it, oldest first. */
export const reclaimDifferences: readonly Difference[] = [
  {
    since: 'v4.2',
    commit: 'f012a84aff9f',
    why:
      'A node whose memory is all in huge pages is short of free pages for good and has nothing to reclaim: ' +
      'waiting for kswapd there never ended. Tasks are no longer throttled for what cannot be reclaimed.',
    rules: { allowDirectReclaim },
    removes: ['pfmemallocWatermarkOk'],
  },
  {
    since: 'v4.4',
    commit: '0aaa29a56e4f',
    why: 'Blocks are set aside for high-order atomic requests, and only who may use them counts them as free.',
    rules: { __zoneWatermarkOk },
  },
  {
    since: 'v4.4',
    commit: '97a16fc82a7c',
    why:
      'Scaling the mark down order by order could refuse a request although a suitable block was free. Now the ' +
      'mark is for order 0 only, and a high order needs one block on a list that it may use.',
    rules: { __zoneWatermarkOk },
  },
  {
    since: 'v4.6',
    commit: 'accf62422b3a',
    why:
      'Reclaim and compaction were mixed in kswapd, with many special cases. Compaction went to a thread of its ' +
      'own, kcompactd, which is woken for the order that was asked for when kswapd goes to sleep.',
    loop: loopByNode,
  },
  {
    since: 'v4.6',
    commit: '81c5857b279e',
    why:
      'The next request was read only if the last run came up to the zone that it was asked for, which says ' +
      'nothing of success, and so could leave a request unread. The index is no longer asked.',
    loop: loopByNode,
  },
  {
    since: 'v4.6',
    commit: 'fd901c95388b',
    why:
      'A stream of wake-ups that cut every short sleep short kept kswapd from ever waking kcompactd. It is woken ' +
      'before the short sleep.',
    loop: loopByNode,
  },
  {
    since: 'v4.8',
    commit: '599d0c954f91',
    why:
      'Lists of pages moved from zones to nodes, so that pages of all zones age alike. A node is shrunk as a ' +
      'whole, up to the highest zone that a request may use, and whether a single zone is worth scanning is no ' +
      'longer asked.',
    rules: { shrinkNode },
    removes: ['shrinkZone', 'zoneReclaimable'],
    loop: loopByNode,
  },
  {
    since: 'v4.8',
    commit: '86c79f6b5426',
    why:
      'With lists by node kswapd cannot work on one zone, so to ask for every zone, or for a quarter of the ' +
      'pages, made it reclaim too much. Any zone that the request may use is enough, with its reserve kept.',
    rules: { pgdatBalanced },
    loop: loopByNode,
  },
  {
    since: 'v4.8',
    commit: '38087d9b0360',
    why:
      'Order and zone index of a request are kept by themselves, each as the highest that was asked for: a ' +
      'higher index is now the wider request. A run that fell back to order 0 is followed by an attempt to sleep ' +
      'on order 0.',
    rules: { kswapdClasszoneIdx, wakeupKswapd },
    loop: loopByNode,
  },
  {
    since: 'v4.8',
    commit: 'e1a556374abc',
    why:
      'Each zone of a node that was low had kswapd woken, though another could serve the request. It is woken if ' +
      'no zone that the request may use is balanced.',
    rules: { wakeupKswapd },
  },
  {
    since: 'v4.8',
    commit: '6aa303defb74',
    why:
      'A zone whose pages are all reserved can never be balanced, and kswapd spun on it. Only zones that the ' +
      'buddy allocator manages pages of count.',
    rules: { allowDirectReclaim, pgdatBalanced, wakeupKswapd },
    loop: loopByNode,
  },
  {
    since: 'v4.9',
    commit: '8348faf91f56',
    why:
      'Compaction asked for more free pages than it needs, and at another mark and from other lists than the ' +
      'request. It asks at the mark of the request, then for twice the request above min (above low for a costly ' +
      'order), CMA pages among them; whether memory is fragmented matters to costly orders only.',
    rules: { __compactionSuitable, compactionSuitable, compactionReady },
  },
  {
    since: 'v4.12',
    commit: 'c73322d098e4',
    why:
      'Nothing was left to end kswapd’s efforts on a node with nothing to reclaim, and it took a whole CPU. ' +
      'After 16 runs in a row that reclaim nothing it leaves the node to direct reclaim, until a page of it is ' +
      'reclaimed.',
    rules: { allowDirectReclaim, prepareKswapdSleep, shrinkNode, wakeupKswapd },
    loop: loopByNode,
  },
  {
    since: 'v4.12',
    commit: 'd450abd81b08',
    why: 'A zone with nothing to reclaim still counted for the reserve that tasks are throttled by. It is left out.',
    rules: { allowDirectReclaim },
  },
  {
    since: 'v4.12',
    why:
      'The run ended as soon as one zone was balanced, but sleep was allowed only if all of them were, so that ' +
      'kswapd went round without work. Both ask the same.',
    rules: { pgdatBalanced, prepareKswapdSleep },
    removes: ['zoneBalanced'],
  },
  {
    since: 'v4.12',
    commit: 'e716f2eb24de',
    why:
      'Without a request the zone index was 0, and kswapd slept on a balanced DMA zone while others were low. An ' +
      'index after the last zone says that nothing was asked, and the one before is kept; but after a failed ' +
      'attempt to sleep it is still 0.',
    rules: { kswapdClasszoneIdx, wakeupKswapd },
    loop: loopByNode,
  },
  {
    since: 'v4.14',
    commit: 'cd04ae1e2dc8',
    why: 'Victims of the OOM killer get half of the min mark in place of all of the memory.',
    rules: { __zoneWatermarkOk },
  },
  {
    since: 'v4.17',
    why:
      'An allocator that cannot compact by itself got nothing when there was memory enough, but in pieces: ' +
      'kswapd was not woken, and so neither was kcompactd. Then kcompactd is woken at once.',
    rules: { wakeupKswapd },
  },
];
