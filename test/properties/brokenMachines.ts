import { deriveKernel, v4_0, v4_19, type Kernel, type Machine } from '../../model/index.ts';
import { replacedAllocatorRules } from '../model/alloc/replacedRules.ts';
import { afterwards, breaking, goesTo } from '../model/alloc/replaced/later/breaking.ts';
import { withAttempt } from '../model/alloc/replaced/broken.ts';
import * as laterV4_19 from '../model/alloc/replaced/later/v4_19.ts';
import * as laterV5_9 from '../model/alloc/replaced/later/v5_9.ts';
import { brokenDirects } from '../model/replaced/direct.ts';

/** A kernel that is another one but for one thing, and the properties of machines that notice. */
export interface BrokenMachine {
  readonly kernel: Kernel;
  readonly noticedBy: readonly string[];
}

/** The kernels of the tables, which the recorded cases and the properties of single reclaims tell as well. */
const tabled = new Map(
  [
    ...replacedAllocatorRules,
    ...Object.values(laterV4_19).flat(),
    ...Object.values(laterV5_9).flat(),
    ...brokenDirects,
  ].map(({ kernel }) => [kernel.name, kernel]),
);

const fromTable = (name: string, ...noticedBy: readonly string[]): BrokenMachine => ({
  kernel: tabled.get(name)!,
  noticedBy,
});

const { rule, step } = breaking(v4_19);
const own = ({ kernel }: { readonly kernel: Kernel }, ...noticedBy: readonly string[]): BrokenMachine => ({
  kernel,
  noticedBy,
});

const withFailures = (m: Machine, failures: number): Machine => ({
  ...m,
  node: { ...m.node, kswapd: { ...m.node.kswapd, failures } },
});

const inTables = [
  fromTable(
    'v4.0, but zoneAllowsReclaim: a node at exactly the distance is near enough',
    'reclaim-on-the-way-only-near',
  ),
  fromTable('v4.0, but wakeAllKswapds: asks each node once', 'every-zone-or-node-is-asked-once-a-round'),
  fromTable(
    'v4.0, but resetAllocBatch: is a quarter of what the zone manages',
    'shares-are-dealt-anew-when-the-local-pass-fails',
  ),
  fromTable('v4.0, but resetAllocBatch: a zone stays depleted', 'a-used-up-share-is-passed-over'),
  fromTable('v4.0, but rmqueue: a share of exactly nothing is not used up', 'local-passes-spread-pages-by-share'),
  fromTable('v4.0, but checkFair: leaves the local node', 'the-local-pass-stays-local'),
  fromTable('v4.0, but nextZone: every node may be used', 'zones-in-zonelist-order'),
  fromTable('v4.0, but checkWatermark: nobody may ignore the marks', 'requests-dig-exactly-as-deep-as-they-may'),
  fromTable('v4.0, but rmqueue: forgets that the page comes from the reserves', 'reserves-only-by-right'),
  fromTable(
    'v4.0, but wakeAllKswapds: wakes them whatever the request says',
    'kswapd-is-not-asked-against-the-mask',
    'kswapd-woken-after-first-failure',
  ),
  fromTable('v4.0, but drain: drains again and again', 'finite-demand-comes-to-rest'),
  fromTable(
    'v4.19, but __gfpPfmemallocFlags: a victim gets at all reserves',
    'requests-dig-exactly-as-deep-as-they-may',
  ),
  fromTable('v4.19, but zoneWatermarkFast: grants any order by the fast comparison', 'page-only-from-above-its-mark'),
  fromTable('v4.19, but retry: wakes no one', 'every-round-asks-kswapd'),
  fromTable('v4.19, but rmqueue: takes a block and leaves it there', 'pages-are-conserved-over-all-nodes'),
  fromTable('v5.9, but rmqueue: does not tell kswapd', 'raised-marks-are-told-once'),
  fromTable(
    'v5.9, but checkLocality: leaves the node rather than mix kinds',
    'kinds-are-mixed-rather-than-a-node-left',
  ),
  fromTable('v5.9, but endOfScan: gives up rather than mix kinds', 'kinds-are-mixed-rather-than-a-node-left'),
  fromTable('v4.19, but throttled: goes on unasked', 'throttled-tasks-leave-as-they-may'),
  fromTable('v4.19, but shrink: forgets what was reclaimed', 'a-task-goes-on-exactly-if-it-made-progress'),
  fromTable('v4.19, but nextPriority: skips a priority', 'a-task-walks-the-priorities-down'),
  fromTable('v4.19, but nextZone: shrinks a node for each of its zones', 'a-task-shrinks-a-node-once-in-a-row'),
  fromTable(
    'v4.19, but shrink: does not revive a hopeless node',
    'direct-progress-revives-a-hopeless-node',
    'hopeless-nodes-come-back-by-direct-progress',
  ),
];

const ofOwn = [
  own(
    rule('other nodes come first', {
      zonelistOf: (k, nodes, order) => v4_19.zonelistOf(k, nodes, order.toReversed()),
    }),
    'remote-pages-only-after-local-zones',
  ),
  own(
    step(
      'zonelistScan',
      'begins at the second zone',
      afterwards((after) => withAttempt(after, { position: 0 })),
    ),
    'the-first-zone-with-enough-gives-the-page',
  ),
  own(step('mayReclaim', 'lets everyone reclaim', goesTo('directReclaim')), 'atomic-never-waits'),
  own(step('directReclaim', 'is left out', goesTo('considerCompactRetry')), 'kills-only-after-reclaim'),
  own(
    rule('wakes kswapd of a node in balance', {
      wakeupKswapd: (k, ...asked) => v4_19.wakeupKswapd({ ...k, pgdatBalanced: () => false }, ...asked),
    }),
    'an-asked-kswapd-wakes-where-it-is-needed',
  ),
  own(
    rule('takes every caller for one that cannot reclaim', {
      wakeupKswapd: (k, m, zone, order, zoneIdx) => v4_19.wakeupKswapd(k, m, zone, order, zoneIdx, false),
    }),
    'kcompactd-is-asked-in-place-of-kswapd',
  ),
  own(
    rule('does not know that a node is hopeless', {
      wakeupKswapd: (k, m, ...asked) => {
        const { machine, records } = v4_19.wakeupKswapd(k, withFailures(m, 0), ...asked);
        return { machine: withFailures(machine, m.node.kswapd.failures), records };
      },
    }),
    'hopeless-nodes-stop',
  ),
  own(
    rule('says that tasks go, and keeps them', {
      prepareKswapdSleep: (k, m, ...asked) => ({ ...v4_19.prepareKswapdSleep(k, m, ...asked), machine: m }),
    }),
    'kswapd-lets-all-throttled-tasks-go',
  ),
  own(
    rule('sleeps whatever the node is like', {
      prepareKswapdSleep: (k, ...asked) => ({ ...v4_19.prepareKswapdSleep(k, ...asked), sleep: true }),
    }),
    'kswapds-of-a-machine-keep-their-promises',
  ),
  own(
    {
      kernel: deriveKernel(v4_19, {
        name: 'v4.19, but returnOrRetry: is that of v4.0',
        directReclaim: { transitions: { returnOrRetry: v4_0.directReclaim.transitions.returnOrRetry! } },
      }),
    },
    'low-limits-are-overrun-for-a-reason',
  ),
  own(
    {
      kernel: deriveKernel(v4_0, {
        name: 'v4.0, but pfmemallocWatermarkOk: wants all of the min marks',
        pfmemallocWatermarkOk: (k, m) =>
          v4_0.pfmemallocWatermarkOk({ ...k, minWmarkPages: (_k, { watermark }) => 2 * watermark.min }, m),
      }),
    },
    'tasks-wait-only-for-nodes-low-on-reserves',
  ),
];

/** Kernels with one thing broken that machines show. */
export const brokenMachines: readonly BrokenMachine[] = [...inTables, ...ofOwn];
