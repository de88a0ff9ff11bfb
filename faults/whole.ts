import { v4_0, v4_19 } from '../model/index.ts';
import { withAttempt } from './allocator/broken.ts';
import { afterwards, breaking, goesTo } from './allocator/later/breaking.ts';
import { directTransition } from './direct/steps.ts';
import { rulesBrokenIn, type Fault } from './fault.ts';

const { rule, step } = breaking(v4_19);

/** Faults of what kswapds and tasks of a machine do to one another. */
export const whole: readonly Fault[] = [
  rule('other nodes come first', {
    zonelistOf: (k, nodes, order) => v4_19.zonelistOf(k, nodes, order.toReversed()),
  }),
  step(
    'zonelistScan',
    'begins at the second zone',
    afterwards((after) => withAttempt(after, { position: 0 })),
  ),
  step('mayReclaim', 'lets everyone reclaim', goesTo('directReclaim')),
  step('directReclaim', 'is left out', goesTo('considerCompactRetry')),
  rule('wakes kswapd of a node in balance', {
    wakeupKswapd: (k, ...asked) => v4_19.wakeupKswapd({ ...k, pgdatBalanced: () => false }, ...asked),
  }),
  rule('takes every caller for one that cannot reclaim', {
    wakeupKswapd: (k, m, zone, order, zoneIdx) => v4_19.wakeupKswapd(k, m, zone, order, zoneIdx, false),
  }),
  rule('says that tasks go, and keeps them', {
    prepareKswapdSleep: (k, m, ...asked) => ({ ...v4_19.prepareKswapdSleep(k, m, ...asked), machine: m }),
  }),
  rule('sleeps whatever the node is like', {
    prepareKswapdSleep: (k, ...asked) => ({ ...v4_19.prepareKswapdSleep(k, ...asked), sleep: true }),
  }),
  rule('sets two page blocks aside at a time', {
    reserveHighatomicPageblock: (k, system, zone, from) => {
      const once = v4_19.reserveHighatomicPageblock(k, system, zone, from);
      return v4_19.reserveHighatomicPageblock(k, system, once, from);
    },
  }),
  directTransition(v4_19, 'returnOrRetry', 'is that of v4.0', () => v4_0.directReclaim.transitions.returnOrRetry!.step),
  rulesBrokenIn(v4_0)('wants all of the min marks', {
    pfmemallocWatermarkOk: (k, m) =>
      v4_0.pfmemallocWatermarkOk({ ...k, minWmarkPages: (_k, { watermark }) => 2 * watermark.min }, m),
  }),
];
