import {
  deriveKernel,
  managedZone,
  v4_19,
  v5_9,
  withNode,
  type Kernel,
  type Machine,
  type Node,
  type System,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';

/** Whether every managed zone up to an index would do for a request, and not just one. */
const everyZoneServes = (k: Kernel, system: System, node: Node, order: number, zoneIdx: number): boolean =>
  node.zones.every(
    (zone, i) =>
      i > zoneIdx ||
      !managedZone(zone) ||
      k.zoneWatermarkOkSafe(k, system, zone, order, k.highWmarkPages(k, zone), zoneIdx, 0),
  );

/** The node as if zones with pages were managed, whoever has the pages. */
const asIfManaged = (node: Node): Node => ({
  ...node,
  zones: node.zones.map((zone) => (zone.managed > 0 || zone.present === 0 ? zone : { ...zone, managed: zone.present })),
});

/** v5.9 with the cheap counter in place of the precise one. */
const cheap = deriveKernel(v5_9, {
  name: 'v5.9 with cheap counters',
  zoneWatermarkOkSafe: (k, system, zone, order, mark, zoneIdx, allocFlags) =>
    k.zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, allocFlags),
});

/** The machine with the zones that it had before. */
const withZonesOf = (m: Machine, { zones }: Node): Machine => withNode(m, { ...m.node, zones });

/** Bugs in what it means that the node is balanced, since kswapd balances nodes as a whole. */
export const nodeBalanceBugs: readonly Bug[] = [
  {
    id: '86c79f6b5426',
    title: 'every zone must be balanced, though none can be reclaimed by itself',
    landed: '4.8',
    kind: 'safety',
    status: 'rule change',
    story:
      'With pages of all zones on the same lists kswapd cannot work on the one zone that is low, and reclaimed ' +
      'from all of them until it happened to be in balance. Since then a node needs no reclaim if any zone that ' +
      'the request may use is balanced. The price is that a request for low zones may wait while a higher zone ' +
      'looks fine.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19, but every zone must be balanced',
      pgdatBalanced: everyZoneServes,
    }),
    fixed: v4_19,
    property: 'sleep-and-runs-ask-the-same',
  },
  {
    id: '38087d9b0360',
    title: 'runs want one zone and sleep wants all of them',
    landed: '4.12',
    kind: 'liveness',
    status: 'bug',
    story:
      'From 4.8 on a run was over as soon as one zone would do, but the check before sleep went on to ask for ' +
      'every zone. For a high order that hardly ever holds, so kswapd went round and round with nothing to do, and ' +
      'never woke kcompactd. 333b0a459c made both ask the same. The loop of v4.19 forgets the order when sleep is ' +
      'refused, so there it is a run too many for each request.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19, but kswapd sleeps only if every zone is balanced',
      prepareKswapdSleep: (k, m, order, remaining, zoneIdx) => {
        const answer = v4_19.prepareKswapdSleep(k, m, order, remaining, zoneIdx);
        const hopeless = m.node.kswapd.failures >= 16;
        const sleep = answer.sleep && (hopeless || everyZoneServes(k, m.system, m.node, order, zoneIdx));
        return { ...answer, sleep };
      },
    }),
    fixed: v4_19,
    property: 'what-a-run-calls-balanced-is-slept-on',
  },
  {
    id: '6aa303defb74',
    title: 'a zone without a page to give is never balanced',
    landed: '4.8',
    kind: 'liveness',
    status: 'bug',
    story:
      'A zone whose pages are all reserved, as for a crash kernel, has a high mark of 0 and nothing free, and 0 is ' +
      'not more than 0. A node of such zones could never be balanced, and kswapd took a whole CPU for it. Only ' +
      'zones that the allocator manages pages of count. v4.19 would give such a node up after 16 runs in vain.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19, but zones count as soon as they have pages',
      pgdatBalanced: (k, system, node, order, zoneIdx) =>
        v4_19.pgdatBalanced(k, system, asIfManaged(node), order, zoneIdx),
      wakeupKswapd: (k, m, zone, order, zoneIdx, directReclaim) => {
        const asked = withNode(m, asIfManaged(m.node));
        const { machine, records } = v4_19.wakeupKswapd(k, asked, zone, order, zoneIdx, directReclaim);
        return { machine: withZonesOf(machine, m.node), records };
      },
    }),
    fixed: v4_19,
    property: 'any-zone-balances-the-node',
  },
  {
    id: '38448181459e',
    title: 'kswapd sleeps by the cheap counter',
    landed: '6.15',
    kind: 'accounting',
    status: 'bug',
    story:
      'A rewrite of the balance check for a new mode read the cheap count of free pages, which each CPU may hide ' +
      'some pages of. On large machines kswapd could sleep with less free than the mark, as it had in 2010. The ' +
      'precise count is read again where the cheap one comes near the marks.',
    faulty: deriveKernel(v5_9, {
      name: 'v5.9, but balance goes by the cheap counter',
      pgdatBalanced: (_k, system, node, order, zoneIdx) => v5_9.pgdatBalanced(cheap, system, node, order, zoneIdx),
    }),
    fixed: v5_9,
    property: 'sleep-only-when-balanced-or-hopeless',
  },
  {
    id: 'rfc-pgdat-balanced-2026',
    title: 'a high order costs as many pages as the high marks come to',
    landed: 'open in 2026, a request for comments',
    kind: 'safety',
    status: 'bug',
    story:
      'With plenty free, but in pieces, a node is out of balance for a high order. The first round asks it for the ' +
      'sum of its high marks, and only then is the order given up; requests that keep coming have kswapd reclaim ' +
      'without end. The idea on the table is to leave a node that has enough for single pages to compaction at ' +
      'once.',
    faulty: v4_19,
    fixed: deriveKernel(v4_19, {
      name: 'v4.19, but what is free in pieces is left to compaction',
      pgdatBalanced: (k, system, node, order, zoneIdx) =>
        v4_19.pgdatBalanced(k, system, node, order, zoneIdx) ||
        (order > 0 && v4_19.pgdatBalanced(k, system, node, 0, zoneIdx)),
    }),
    property: 'a-high-order-asks-for-little',
  },
];
