import {
  clearFlags,
  deriveKernel,
  populatedZone,
  v4_0,
  withNode,
  ZONE_CONGESTED,
  ZONE_DIRTY,
  ZONE_WRITEBACK,
  type Kernel,
  type Machine,
  type Zone,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';

const { balanced, findEndZone, finishShrink } = v4_0.transitions;

/** The machine with its zones changed, each by its index. */
const withZones = (m: Machine, change: (zone: Zone, index: number) => Zone): Machine =>
  withNode(m, { ...m.node, zones: m.node.zones.map(change) });

/** The zone with more flags. */
const withFlags = (zone: Zone, flags: number): Zone => ({ ...zone, flags: zone.flags | flags });

/** The zone, neither congested nor full of dirty pages. */
const decongested = (zone: Zone): Zone => clearFlags(zone, ZONE_CONGESTED | ZONE_DIRTY);

/** Whether a zone is balanced for the order of the run. */
const isBalanced = (k: Kernel, { system, thread }: Machine, zone: Zone): boolean =>
  k.zoneBalanced(k, system, zone, thread.balance.order, 0, 0);

/** Bugs in how long a zone counts as congested, so that tasks wait before they reclaim from it. */
export const zoneFlagBugs: readonly Bug[] = [
  {
    id: '439423f6894a',
    title: 'a zone that recovers by itself stays congested',
    landed: '3.1',
    kind: 'throttling',
    status: 'bug',
    story:
      'A zone lost its congested mark only when kswapd had shrunk it back into balance. One that got there ' +
      'otherwise, as when a large task exits, was passed over and kept the mark, and tasks went on waiting over ' +
      'it. Zones that a run finds balanced lose the mark.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but zones found balanced stay congested',
      transitions: {
        findEndZone: {
          ...findEndZone,
          step: (k, m) => {
            const { machine, records } = findEndZone.step(k, m);
            return { machine: withNode(machine, m.node), records };
          },
        },
      },
    }),
    fixed: v4_0,
    property: 'end-zone-is-the-highest-unbalanced',
  },
  {
    id: 'ed23ec4f0a51',
    title: 'congestion is forgotten after every run for a high order',
    landed: '3.8',
    kind: 'throttling',
    status: 'bug',
    story:
      'When a check of watermarks was taken out of the end of a run for a high order, clearing the congested marks ' +
      'was left there without it. Tasks no longer waited over zones that were congested and below their marks. The ' +
      'mark goes only where the zone is found balanced.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but a run for a high order clears every mark of congestion',
      transitions: {
        balanced: {
          ...balanced,
          step: (k, m) => {
            const { machine, records } = balanced.step(k, m);
            const { order, endZone } = m.thread.balance;
            if (order === 0) return { machine, records };
            const cleared = withZones(machine, (zone, i) => (i <= endZone ? clearFlags(zone, ZONE_CONGESTED) : zone));
            return { machine: cleared, records };
          },
        },
      },
    }),
    fixed: v4_0,
    property: 'congestion-ends-above-the-high-mark',
  },
  {
    id: 'c2f83143f1c6',
    title: 'a mark of too many pages under writeback is never taken back',
    landed: '4.11',
    kind: 'throttling',
    status: 'bug',
    story:
      'When marks moved from zones to nodes, the statement that takes back the one for writeback was lost. Once ' +
      'set it stayed, and tasks that reclaim waited for pages under writeback on a node that was fine. The model ' +
      'leaves the marks of nodes out; the same is shown with those of v4.0’s zones.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but a zone stays marked for writeback',
      transitions: {
        finishShrink: {
          ...finishShrink,
          step: (k, m) => {
            const { machine, records } = finishShrink.step(k, m);
            const kept = withZones(machine, (zone, i) =>
              zone === m.node.zones[i] ? zone : withFlags(zone, m.node.zones[i]!.flags & ZONE_WRITEBACK),
            );
            return { machine: kept, records };
          },
        },
      },
    }),
    fixed: v4_0,
    property: 'flags-follow-recovery',
  },
  {
    id: '631b6e083ec1',
    title: 'one zone in balance ends the congestion of all',
    landed: '4.12',
    kind: 'throttling',
    status: 'bug',
    story:
      'The question whether a zone is balanced also cleared the marks of its node. It was asked for low zones as ' +
      'well, and a DMA zone in balance ended the waiting of tasks while the rest of the node was at its min marks. ' +
      'Questions change nothing any more, and the marks go when the node is found balanced. Here too the marks of ' +
      'v4.0’s zones stand in for those of nodes.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but a balanced zone ends the congestion of all zones',
      transitions: {
        findEndZone: {
          ...findEndZone,
          step: (k, m) => {
            const { machine, records } = findEndZone.step(k, m);
            const asked = m.node.zones.some((zone) => populatedZone(zone) && isBalanced(k, m, zone));
            return { machine: asked ? withZones(machine, decongested) : machine, records };
          },
        },
      },
    }),
    fixed: v4_0,
    property: 'congestion-ends-above-the-high-mark',
  },
];
