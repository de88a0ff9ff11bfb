import {
  deriveKernel,
  highestZone,
  managedZone,
  v4_0,
  v4_19,
  withNode,
  withRequest,
  zoneNormal,
  zonePageStateSnapshot,
  type DirectTask,
  type Kernel,
  type Machine,
  type Memory,
} from '../../model/index.ts';
import { wakeQueue } from '../../model/rules/wakeup.ts';
import type { Bug } from '../bug.ts';
import { directStep, doneOtherwise } from '../steps.ts';

/** The task as if its zonelist had one zone, the lowest one of the node with the first zone that its mask allows. */
function asIfOfFirstNode(k: Kernel, { pgdats }: Memory, task: DirectTask): DirectTask {
  const highest = highestZone(k, pgdats[0]!.node, task.gfpMask);
  const first = task.zonelist.find(([, zone]) => zone <= highest);
  return { ...task, zonelist: first === undefined ? [] : [[first[0], 0]] };
}

/** A node without any reserve up to Normal counts as one whose reserves are used up. */
function noReserveIsLow(k: Kernel, m: Machine): ReturnType<Kernel['pfmemallocWatermarkOk']> {
  const { zones, kswapd } = m.node;
  const normal = zoneNormal(m.node);
  if (zones.some((zone, i) => i <= normal && zone.present > 0 && k.minWmarkPages(k, zone) > 0)) {
    return v4_0.pfmemallocWatermarkOk(k, m);
  }
  if (!m.waits.queued) return { ok: false, machine: m };
  const asked = withNode(m, withRequest(m.node, kswapd.order, Math.min(kswapd.zoneIdx, normal)));
  return { ok: false, machine: wakeQueue(asked) };
}

/** The machine with counters that lag behind no more. */
const withTrueCounters = (m: Machine): Machine => ({
  ...m,
  node: { ...m.node, zones: m.node.zones.map((zone) => ({ ...zone, vmstatDrift: 0 })) },
});

/** A rule that answers as if counters did not lag behind, and leaves them as they are. */
const bySnapshot =
  (rule: Kernel['pfmemallocWatermarkOk']): Kernel['pfmemallocWatermarkOk'] =>
  (k, m) => {
    const { ok, machine } = rule(k, withTrueCounters(m));
    return { ok, machine: { ...machine, node: { ...machine.node, zones: m.node.zones } } };
  };

/** Where some zone of the node has something to reclaim, all of them count as if they had. */
function byNodeAsAWhole(k: Kernel, m: Machine): ReturnType<Kernel['allowDirectReclaim']> {
  const { zones } = m.node;
  const any = zones.some((zone) => managedZone(zone) && k.zoneReclaimablePages(k, m.system, zone) > 0);
  return v4_19.allowDirectReclaim({ ...k, zoneReclaimablePages: () => (any ? 1 : 0) }, m);
}

/** Free pages stand in for reclaimable ones where there are none of these. */
const reclaimableOrFree: Kernel['zoneReclaimablePages'] = (k, system, zone) =>
  v4_19.zoneReclaimablePages(k, system, zone) || zonePageStateSnapshot(zone);

/** The pending index is left alone, unless nothing is pending. */
function narrowsNothing(k: Kernel, m: Machine): ReturnType<Kernel['allowDirectReclaim']> {
  const { order, zoneIdx } = m.node.kswapd;
  const { ok, machine } = v4_19.allowDirectReclaim(k, m);
  if (zoneIdx === m.node.zones.length) return { ok, machine };
  return { ok, machine: withNode(machine, withRequest(machine.node, order, zoneIdx)) };
}

const throttles = directStep(v4_0, 'throttleDirectReclaim');

/** Bugs of the throttle: tasks that wait for kswapd before they reclaim. */
export const throttleBugs: readonly Bug[] = [
  {
    id: '50694c28f1e1',
    title: 'a dying task skips reclaim although nothing held it up',
    landed: '3.7',
    kind: 'throttling',
    status: 'bug',
    story:
      'A task with a fatal signal was sent back from the throttle as if it had been killed while it waited there: it ' +
      'reclaimed nothing, claimed progress, and went round in the allocator without end where it had no reserves to ' +
      'dig into. Only a task that was really throttled gives up now.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but a fatal signal is reason enough to skip reclaim',
      directReclaim: {
        transitions: {
          throttleDirectReclaim: doneOtherwise(
            throttles,
            (k, memory, task) => {
              const outcome = throttles.step(k, memory, task);
              if (task.kthread || !task.fatalSignal) return outcome;
              return { ...outcome, task: { ...outcome.task, at: 'checkPending' } };
            },
            'checkPending',
          ),
        },
      },
    }),
    fixed: v4_0,
    property: 'who-never-waited-reclaims',
  },
  {
    id: '675becce15f3',
    title: 'tasks wait for a node that keeps no reserve',
    landed: '3.16',
    kind: 'throttling',
    status: 'bug',
    story:
      'The throttle asked the first node of the zonelist, whatever its zones. One with high memory alone keeps no ' +
      'reserve below it and has nothing free there, which read as reserves used up, and nothing that its kswapd does ' +
      'could change that. It takes a request that may use high memory: one that may not never gets to such a node ' +
      'first. The node of the first zone up to Normal is asked now, and one without reserves lets tasks go on.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but the first node is asked, with or without reserves',
      pfmemallocWatermarkOk: noReserveIsLow,
      directReclaim: {
        transitions: {
          throttleDirectReclaim: doneOtherwise(throttles, (k, memory, task) => {
            const outcome = throttles.step(k, memory, asIfOfFirstNode(k, memory, task));
            return { ...outcome, task: { ...outcome.task, zonelist: task.zonelist } };
          }),
        },
      },
    }),
    fixed: v4_0,
    property: 'tasks-wait-exactly-below-half-of-the-reserves',
  },
  {
    id: 'd450abd81b08',
    title: 'zones with nothing to reclaim throttle tasks, as long as another zone has something',
    landed: '4.12',
    kind: 'throttling',
    status: 'bug',
    story:
      'With page lists of nodes, the throttle looked for reclaimable pages in the whole node: the marks of a zone ' +
      'that had none counted all the same, and its tasks waited for pages that reclaim could not free there. Each ' +
      'zone is looked at by itself again.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19, but the throttle looks for reclaimable pages in the node as a whole',
      allowDirectReclaim: byNodeAsAWhole,
    }),
    fixed: v4_19,
    property: 'tasks-wait-exactly-below-half-of-the-reserves',
  },
  {
    id: '501b26510ae3',
    title: 'tasks wait for pages that are free already, since counters lag behind',
    landed: '6.5',
    kind: 'throttling',
    status: 'bug',
    story:
      'The throttle goes by the cheap counter of free pages, which lacks what processors have not added to it yet; ' +
      'on isolated ones that may stay so for ever. kswapd goes by the true number near its marks, finds the node ' +
      'balanced, and sleeps, and nobody lets the task go. The throttle reads the true number since.',
    faulty: v4_0,
    fixed: deriveKernel(v4_0, {
      name: 'v4.0, but the throttle reads the true number of free pages',
      pfmemallocWatermarkOk: bySnapshot(v4_0.pfmemallocWatermarkOk),
    }),
    property: 'tasks-wait-only-if-pages-are-truly-short',
  },
  {
    id: '6aaced5abd32',
    title: 'a zone with nothing on its lists is balanced for kswapd, and is nothing for the throttle',
    landed: '6.13',
    kind: 'throttling',
    status: 'bug',
    story:
      'A low zone has pages free in plenty and none on its lists; the next one is below half of its mark. kswapd ' +
      'finds the node balanced for the first zone’s sake, the throttle looks at the second alone, and a task is let ' +
      'go and throttled again without end. A zone without anything on its lists counts for its free pages now. The ' +
      'fix is in the count of reclaimable pages; here it is seen by the throttle only.',
    faulty: v4_19,
    fixed: deriveKernel(v4_19, {
      name: 'v4.19, but zones that are all free count for the throttle',
      allowDirectReclaim: (k, m) => v4_19.allowDirectReclaim({ ...k, zoneReclaimablePages: reclaimableOrFree }, m),
    }),
    property: 'no-task-is-throttled-for-ever',
  },
  {
    id: 'LATENT-4',
    title: 'a throttled task cuts the pending request down to the Normal zone',
    landed: 'nowhere: it is in 6.18 too',
    kind: 'lost request',
    status: 'latent',
    story:
      'Before it waits a task lowers the pending index to that of the Normal zone, which was the stricter request ' +
      'when the line was written. Since v4.8 the higher index covers more: a request for the Movable zone that ' +
      'kswapd has not read is forgotten. Only the index that stands for no request is to be replaced.',
    faulty: v4_19,
    fixed: deriveKernel(v4_19, {
      name: 'v4.19, but a throttled task narrows no request',
      allowDirectReclaim: narrowsNothing,
    }),
    property: 'throttling-never-narrows-a-request',
  },
];
