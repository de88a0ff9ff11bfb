import { deriveKernel, v4_0, type Kernel, type Machine, type Zone } from '../../model/index.ts';
import type { Bug } from '../bug.ts';

/** The machine with zones as if they had no pages, unless they have some to reclaim. */
function withoutSpentZones(k: Kernel, m: Machine): Machine {
  const unlessSpent = (zone: Zone): Zone =>
    k.zoneReclaimablePages(k, m.system, zone) > 0 ? zone : { ...zone, present: 0 };
  return { ...m, node: { ...m.node, zones: m.node.zones.map(unlessSpent) } };
}

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
];
