import {
  clearFlags,
  deriveKernel,
  v4_0,
  withNode,
  ZONE_CONGESTED,
  type Machine,
  type Zone,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';

const { balanced, findEndZone } = v4_0.transitions;

/** The machine with its zones changed, each by its index. */
const withZones = (m: Machine, change: (zone: Zone, index: number) => Zone): Machine =>
  withNode(m, { ...m.node, zones: m.node.zones.map(change) });

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
];
