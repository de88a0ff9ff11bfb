import {
  deriveKernel,
  GFP_ATOMIC,
  v4_0,
  v4_19,
  v5_9,
  type Kernel,
  type Machine,
  type Zone,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';
import { allocatorStep, doneOtherwise } from '../steps.ts';

/** The machine with zones as if they had no pages, unless they have some to reclaim. */
function withoutSpentZones(k: Kernel, m: Machine): Machine {
  const unlessSpent = (zone: Zone): Zone =>
    k.zoneReclaimablePages(k, m.system, zone) > 0 ? zone : { ...zone, present: 0 };
  return { ...m, node: { ...m.node, zones: m.node.zones.map(unlessSpent) } };
}

const returnsFromReclaim = allocatorStep(v4_0, 'reclaimed');

/** Bugs of tasks that allocate: the page allocator, direct reclaim, the throttle, and set-up. */
export const allocationBugs: readonly Bug[] = [
  {
    id: 'f012a84aff9f',
    title: 'a node with nothing to reclaim throttles its tasks for ever',
    landed: '4.2',
    kind: 'throttling',
    status: 'bug',
    story:
      'A node whose pages are all in use where reclaim cannot take them, by gigantic pages say, has next to nothing ' +
      'free and nothing to reclaim. Its tasks were throttled until kswapd had freed something, which it never could, ' +
      'while other nodes had memory to give. Zones with nothing to reclaim no longer count.',
    faulty: v4_0,
    fixed: deriveKernel(v4_0, {
      name: 'v4.0, but zones with nothing to reclaim throttle nobody',
      pfmemallocWatermarkOk: (k, m) => {
        const { ok, machine } = v4_0.pfmemallocWatermarkOk(k, withoutSpentZones(k, m));
        return { ok, machine: { ...machine, node: { ...machine.node, zones: m.node.zones } } };
      },
    }),
    property: 'no-task-is-throttled-for-ever',
  },
  {
    id: '9ee493ce0a60',
    title: 'pages that reclaim freed are not found, since they stand on another processor’s list',
    landed: '2.6.36',
    kind: 'allocator',
    status: 'bug',
    story:
      'Freed pages first stand on a list of the processor that freed them, where no other one finds them. A task ' +
      'whose reclaim made progress could find nothing all the same, and turn to the OOM killer. It has the lists of ' +
      'all processors emptied now, and makes one more attempt. In the model these lists hold nothing: what is seen ' +
      'is that the step is made.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but the lists of processors are not emptied',
      allocator: {
        transitions: {
          reclaimed: doneOtherwise(returnsFromReclaim, (k, memory, task) => {
            const outcome = returnsFromReclaim.step(k, memory, task);
            const { attempt } = outcome.task;
            return { ...outcome, task: { ...outcome.task, attempt: { ...attempt, failed: 'considerRetry' } } };
          }),
        },
      },
    }),
    fixed: v4_0,
    property: 'progress-is-not-given-up-before-lists-are-emptied',
  },
  {
    id: '3334a45eb9e2',
    title: 'what a zone keeps from a request depends on the node that it is made on',
    landed: '5.8',
    kind: 'allocator',
    status: 'bug',
    story:
      'Reserves were kept by the index of the first zone in the local zonelist. On a node without Movable memory a ' +
      'movable request passed for one of the Normal zone, and the reserve that Normal keeps from it was not kept: ' +
      'that node was drained first, and reclaimed the harder. The highest zone that the mask allows counts now, and ' +
      'the two indices became one (97a225e69a1f).',
    faulty: v4_19,
    fixed: deriveKernel(v4_19, {
      name: 'v4.19, but reserves are kept by the highest zone that the mask allows',
      acClasszoneIdx: v5_9.acClasszoneIdx,
    }),
    property: 'reserves-are-kept-by-what-the-request-may-use',
  },
  {
    id: 'f27ce0e14088',
    title: 'the fast check grants single pages out of what is set aside for atomic requests',
    landed: '5.9',
    kind: 'allocator',
    status: 'bug',
    story:
      'The fast form of the watermark check looked at all free pages but CMA ones. If all of them were set aside for ' +
      'atomic requests of high order it let single pages through, which then found no block, or dug below the min ' +
      'mark before kswapd was woken. What is set aside is left out now.',
    faulty: v4_19,
    fixed: deriveKernel(v4_19, {
      name: 'v4.19, but the fast check leaves out what is set aside',
      zoneWatermarkFast: (k, ...asked) => {
        const { __zoneWatermarkUnusableFree } = v5_9;
        return v5_9.zoneWatermarkFast({ ...k, __zoneWatermarkUnusableFree }, ...asked);
      },
    }),
    property: 'the-fast-check-keeps-the-highatomic-reserve',
  },
  {
    id: 'f80b08fc4453',
    title: 'raised marks make single atomic pages fail',
    landed: '5.9',
    kind: 'allocator',
    status: 'bug',
    story:
      'While a zone’s marks are raised against fragmentation, atomic requests for a single page were measured by the ' +
      'raised min mark. They cannot wait for kswapd to make up for it, and failed with memory in plenty. At the min ' +
      'mark they are measured without the boost now.',
    faulty: deriveKernel(v5_9, {
      name: 'v5.9, but atomic requests are measured with the boost',
      zoneWatermarkFast: (k, system, zone, order, mark, zoneIdx, allocFlags, gfp) =>
        v5_9.zoneWatermarkFast(k, system, zone, order, mark, zoneIdx, allocFlags, gfp & ~GFP_ATOMIC),
    }),
    fixed: v5_9,
    property: 'atomic-requests-are-not-boosted',
  },
];
