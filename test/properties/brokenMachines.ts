import {
  allocatorFaults,
  directFaults,
  laterAllocatorFaults,
  laterKswapdFaults,
  machineFaults,
} from '../../faults/index.ts';
import type { Kernel } from '../../model/index.ts';

/** A kernel that is another one but for one thing, and the properties of machines that notice. */
export interface BrokenMachine {
  readonly kernel: Kernel;
  readonly noticedBy: readonly string[];
}

/** The kernels with a fault, by name. */
const tabled = new Map(
  [...allocatorFaults, ...laterAllocatorFaults, ...laterKswapdFaults, ...directFaults, ...machineFaults].map(
    ({ kernel }) => [kernel.name, kernel],
  ),
);

const fromTable = (name: string, ...noticedBy: readonly string[]): BrokenMachine => ({
  kernel: tabled.get(name)!,
  noticedBy,
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
  fromTable('v4.0, but allocator.checkFair: leaves the local node', 'the-local-pass-stays-local'),
  fromTable('v4.0, but allocator.nextZone: every node may be used', 'zones-in-zonelist-order'),
  fromTable(
    'v4.0, but allocator.checkWatermark: nobody may ignore the marks',
    'requests-dig-exactly-as-deep-as-they-may',
  ),
  fromTable('v4.0, but allocator.rmqueue: forgets that the page comes from the reserves', 'reserves-only-by-right'),
  fromTable(
    'v4.0, but allocator.wakeAllKswapds: wakes them whatever the request says',
    'kswapd-is-not-asked-against-the-mask',
    'kswapd-woken-after-first-failure',
  ),
  fromTable('v4.0, but allocator.drain: drains again and again', 'finite-demand-comes-to-rest'),
  fromTable(
    'v4.19, but __gfpPfmemallocFlags: a victim gets at all reserves',
    'requests-dig-exactly-as-deep-as-they-may',
  ),
  fromTable('v4.19, but zoneWatermarkFast: grants any order by the fast comparison', 'page-only-from-above-its-mark'),
  fromTable('v4.19, but allocator.retry: wakes no one', 'every-round-asks-kswapd'),
  fromTable('v4.19, but allocator.rmqueue: takes a block and leaves it there', 'pages-are-conserved-over-all-nodes'),
  fromTable('v5.9, but allocator.rmqueue: does not tell kswapd', 'raised-marks-are-told-once'),
  fromTable(
    'v5.9, but allocator.checkLocality: leaves the node rather than mix kinds',
    'kinds-are-mixed-rather-than-a-node-left',
  ),
  fromTable('v5.9, but allocator.endOfScan: gives up rather than mix kinds', 'kinds-are-mixed-rather-than-a-node-left'),
  fromTable('v4.19, but directReclaim.throttled: goes on unasked', 'throttled-tasks-leave-as-they-may'),
  fromTable(
    'v4.19, but directReclaim.shrink: forgets what was reclaimed',
    'a-task-goes-on-exactly-if-it-made-progress',
  ),
  fromTable('v4.19, but directReclaim.nextPriority: skips a priority', 'a-task-walks-the-priorities-down'),
  fromTable(
    'v4.19, but directReclaim.nextZone: shrinks a node for each of its zones',
    'a-task-shrinks-a-node-once-in-a-row',
  ),
  fromTable(
    'v4.19, but directReclaim.shrink: does not revive a hopeless node',
    'direct-progress-revives-a-hopeless-node',
    'hopeless-nodes-come-back-by-direct-progress',
  ),
];

const ofMachines = [
  fromTable('v4.19, but zonelistOf: other nodes come first', 'remote-pages-only-after-local-zones'),
  fromTable(
    'v4.19, but allocator.zonelistScan: begins at the second zone',
    'the-first-zone-with-enough-gives-the-page',
  ),
  fromTable('v4.19, but allocator.mayReclaim: lets everyone reclaim', 'atomic-never-waits'),
  fromTable('v4.19, but allocator.directReclaim: is left out', 'kills-only-after-reclaim'),
  fromTable('v4.19, but wakeupKswapd: wakes kswapd of a node in balance', 'an-asked-kswapd-wakes-where-it-is-needed'),
  fromTable(
    'v4.19, but wakeupKswapd: takes every caller for one that cannot reclaim',
    'kcompactd-is-asked-in-place-of-kswapd',
  ),
  fromTable('v4.19, but wakeupKswapd: wakes kswapd for a hopeless node', 'hopeless-nodes-stop'),
  fromTable('v4.19, but prepareKswapdSleep: says that tasks go, and keeps them', 'kswapd-lets-all-throttled-tasks-go'),
  fromTable(
    'v4.19, but prepareKswapdSleep: sleeps whatever the node is like',
    'kswapds-of-a-machine-keep-their-promises',
  ),
  fromTable('v4.19, but directReclaim.returnOrRetry: is that of v4.0', 'low-limits-are-overrun-for-a-reason'),
  fromTable('v4.0, but pfmemallocWatermarkOk: wants all of the min marks', 'tasks-wait-only-for-nodes-low-on-reserves'),
];

/** Kernels with one thing broken that machines show. */
export const brokenMachines: readonly BrokenMachine[] = [...inTables, ...ofMachines];
