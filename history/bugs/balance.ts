import { deriveKernel, populatedZone, v4_0, type Kernel, type Node, type System } from '../../model/index.ts';
import type { Bug } from '../bug.ts';

/** Populated zones up to an index, and whether each is balanced or no longer worth scanning. */
const zonesInOrder = (k: Kernel, system: System, node: Node, order: number, zoneIdx: number) =>
  node.zones.flatMap((zone, i) => {
    if (i > zoneIdx || !populatedZone(zone)) return [];
    const inOrder = !k.zoneReclaimable(k, system, zone) || k.zoneBalanced(k, system, zone, order, 0, i);
    return [{ managed: zone.managed, inOrder }];
  });

/** v4.0 as if every zone were worth scanning for ever. */
const givesNothingUp = deriveKernel(v4_0, { name: 'v4.0, every zone worth scanning', zoneReclaimable: () => true });

/** v4.0 with zones judged for another index than their own. */
const judgedFor = (zoneIdx: number): Kernel =>
  deriveKernel(v4_0, {
    name: `v4.0, zones judged for index ${zoneIdx}`,
    zoneBalanced: (_k, system, zone, order, gap) => v4_0.zoneBalanced(v4_0, system, zone, order, gap, zoneIdx),
  });

const managed = (zones: readonly { readonly managed: number }[]): number =>
  zones.reduce((pages, zone) => pages + zone.managed, 0);

/** Bugs in what it means that the node is balanced, and in who asks, while kswapd balances zone by zone. */
export const balanceBugs: readonly Bug[] = [
  {
    id: 'bb3ab596832b',
    title: 'a zone past hope keeps kswapd awake',
    landed: '2.6.33',
    kind: 'liveness',
    status: 'bug',
    story:
      'The check before sleep was new, and did not know of zones that are no longer worth scanning. Balancing ' +
      'passed them over, found nothing to do and returned; the check then found them low, and refused sleep. ' +
      'kswapd took a whole CPU as soon as the last page of a low zone could not be reclaimed.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but zones past hope count as out of balance',
      pgdatBalanced: (_k, system, node, order, zoneIdx) =>
        v4_0.pgdatBalanced(givesNothingUp, system, node, order, zoneIdx),
    }),
    fixed: v4_0,
    property: 'productive-reclaim-lets-kswapd-sleep',
  },
  {
    id: '99504748',
    title: 'a high order is wanted of every zone',
    landed: '2.6.38',
    kind: 'safety',
    status: 'rule change',
    story:
      'For a high order every zone had to be balanced, as for order 0. A small zone that lies in pieces may never ' +
      'get there, and while kswapd tried, it reclaimed far too much although a large zone could serve the request. ' +
      'At first any one zone was made enough; a quarter of the pages soon followed.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but a high order is wanted of every zone',
      pgdatBalanced: (k, system, node, order, zoneIdx) =>
        zonesInOrder(k, system, node, order, zoneIdx).every(({ inOrder }) => inOrder),
    }),
    fixed: v4_0,
    property: 'quarter-rule-is-exact',
  },
  {
    id: '1741c877cfa4',
    title: 'one small zone balances the node for a high order',
    landed: '2.6.38',
    kind: 'safety',
    status: 'rule change',
    story:
      'With any zone enough, a balanced DMA zone of 16 MiB put kswapd to sleep, although requests for high orders ' +
      'live in the large zones. Since then zones that hold a quarter of the pages must be balanced.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but one zone is enough for a high order',
      pgdatBalanced: (k, system, node, order, zoneIdx) => {
        const zones = zonesInOrder(k, system, node, order, zoneIdx);
        return order > 0 ? zones.some(({ inOrder }) => inOrder) : zones.every(({ inOrder }) => inOrder);
      },
    }),
    fixed: v4_0,
    property: 'sleep-only-when-balanced',
  },
  {
    id: 'afc7e326a3f5',
    title: 'the sleep check is upside down for high orders',
    landed: '3.0',
    kind: 'liveness',
    status: 'bug',
    story:
      'The check answered whether sleep would be premature; for high orders it returned the verdict on balance as ' +
      'it was, which means the opposite. A node in balance kept kswapd running, and one out of balance let it ' +
      'sleep. The loop of v4.0 forgets the order when sleep is refused, so there kswapd goes round once more and ' +
      'no longer.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but the sleep check is upside down for high orders',
      prepareKswapdSleep: (k, m, order, remaining, zoneIdx) => {
        const answer = v4_0.prepareKswapdSleep(k, m, order, remaining, zoneIdx);
        return remaining !== 0 || order === 0 ? answer : { ...answer, sleep: !answer.sleep };
      },
    }),
    fixed: v4_0,
    property: 'what-a-run-calls-balanced-is-slept-on',
  },
  {
    id: '08951e545918',
    title: 'the sleep check looks at zones that balancing left out',
    landed: '3.0',
    kind: 'liveness',
    status: 'bug',
    story:
      'A run leaves a small zone at the top out once it is not worth scanning. The sleep check went over all zones ' +
      'of the node, and each time that a shrinking cache made the small zone worth scanning again, it refused ' +
      'sleep on its account. Sleep is judged by the zones that the run was about. v4.0 looks for zones to balance ' +
      'from the top of the node each time, so that in its loop the wrong question costs a round and not a CPU.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but the sleep check looks at all zones',
      prepareKswapdSleep: (k, m, order, remaining) =>
        v4_0.prepareKswapdSleep(k, m, order, remaining, m.node.zones.length - 1),
    }),
    fixed: v4_0,
    property: 'what-a-run-calls-balanced-is-slept-on',
  },
  {
    id: 'da175d06b437',
    title: 'the sleep check keeps reserves that balancing does not',
    landed: '3.0',
    kind: 'liveness',
    status: 'bug',
    story:
      'The sleep check judged low zones with the reserve that they keep from requests for high ones, balancing ' +
      'without. A DMA zone may have fewer pages than its mark and that reserve come to, so kswapd was refused ' +
      'sleep over a zone that it had nothing to do for. Each zone is judged by its own index. With the loop of ' +
      'v4.0 that is a round for nothing, and sleep at the next attempt.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but zones are judged with the reserve for the request',
      pgdatBalanced: (_k, system, node, order, zoneIdx) =>
        v4_0.pgdatBalanced(judgedFor(zoneIdx), system, node, order, zoneIdx),
    }),
    fixed: v4_0,
    property: 'what-a-run-calls-balanced-is-slept-on',
  },
  {
    id: '4746efded84d',
    title: 'nothing is not a quarter of nothing',
    landed: '3.0',
    kind: 'liveness',
    status: 'bug',
    story:
      'A run that finds every zone balanced returns zone 0. On a node without a zone there, no page was eligible ' +
      'and none balanced, and the test asked for more than a quarter: sleep was refused while memory was free. A ' +
      'quarter is enough. With the loop of v4.0, where refused sleep forgets the order, that is one round too ' +
      'many.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but more than a quarter is wanted',
      pgdatBalanced: (k, system, node, order, zoneIdx) => {
        const zones = zonesInOrder(k, system, node, order, zoneIdx);
        const inOrder = zones.filter((zone) => zone.inOrder);
        return order > 0 ? managed(inOrder) > Math.floor(managed(zones) / 4) : inOrder.length === zones.length;
      },
    }),
    fixed: v4_0,
    property: 'what-a-run-calls-balanced-is-slept-on',
  },
];
