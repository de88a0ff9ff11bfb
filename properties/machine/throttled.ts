import { GFP_FS, zoneNormal, type Memory, type Node, type WholeMachine } from '../../model/index.ts';
import { isLater, shownFree } from '../independent/machine.ts';
import { isHopeless } from '../independent/node.ts';
import { EVERY_KERNEL, HOLDS, knownToFail, machineProperty, type Property } from '../property.ts';
import { balancing, reclaiming } from './steps.ts';

const THROTTLE = 'v4.0 mm/vmscan.c throttle_direct_reclaim';
const ALLOW = 'v4.19 mm/vmscan.c allow_direct_reclaim';
const PFMEMALLOC = 'v4.0 mm/vmscan.c pfmemalloc_watermark_ok';

/** A node's zones up to Normal that have memory. */
const lowZones = (node: Node) => node.zones.filter(({ managed }, i) => managed > 0 && i <= zoneNormal(node));

/** Pages that its zones up to Normal hold free, and half of their min marks. */
function reservesOf({ pgdats }: Memory, n: number): { readonly free: number; readonly half: number } {
  let free = 0;
  let marks = 0;
  for (const zone of lowZones(pgdats[n]!.node)) {
    free += shownFree(zone);
    marks += zone.watermark.min + zone.boost;
  }
  return { free, half: Math.floor(marks / 2) };
}

/** Whether each of them has more than its min mark free, or there is no hope for the node: no one is to wait for it. */
function hasPlenty({ pgdats }: Memory, n: number, later: boolean): boolean {
  const { node } = pgdats[n]!;
  if (later && isHopeless(node)) return true;
  return lowZones(node).every((zone) => shownFree(zone) > zone.watermark.min + zone.boost);
}

const getsOut = machineProperty({
  id: 'throttled-tasks-leave-as-they-may',
  family: 'machine',
  title: 'A throttled task leaves when kswapd lets it go, and at once when it is killed',
  statement:
    'When its turn comes a throttled task goes on if kswapd let it go and its node has plenty, or if it was killed; ' +
    'one that may not enter file systems also after any signal, or a second. Nothing else lets it go on. A killed ' +
    'task then reclaims nothing, and says that it made progress.',
  keptFor: 'It says on machines, with kswapd and others about, what direct reclaim says of a task alone.',
  sources: [THROTTLE, 'v4.0 mm/vmscan.c try_to_free_pages'],
  verdicts: EVERY_KERNEL,
  target: 'times that tasks wait on',
  mustSee: { 'kswapd let it go': 0.006, killed: 0.005, 'without file systems': 0.002, 'waits on': 0.03 },
  check: (run, see, reach) => {
    const later = isLater(run.kernel);
    let waits = 0;
    for (const [i, { step }] of reclaiming(run, 'throttled')) {
      if (step.kind !== 'resume') continue;
      const { task, memory } = step.before;
      const { signal, timeout = false } = step.input;
      const killed = task.fatalSignal || signal === 'fatal';
      const ended = (task.gfpMask & GFP_FS) === 0 && (signal !== undefined || timeout);
      const { at } = step.after.task;
      const goesOn = at !== 'throttled';
      see(killed ? 'killed' : ended ? 'without file systems' : goesOn ? 'kswapd let it go' : 'waits on');
      if (!goesOn) reach?.(++waits);
      const free = task.woken && hasPlenty(memory, task.node, later);
      if (!goesOn && (killed || ended || free)) return { clause: 'a throttled task waits on for nothing', step: i };
      if (goesOn && !killed && !ended && !task.woken) {
        return { clause: 'a throttled task goes on, and nobody let it', step: i };
      }
    }
    for (const [i, { step }] of reclaiming(run, 'checkPending')) {
      const { task } = step.before;
      const done = step.after.task.at === 'done' && step.after.task.result > 0;
      if (done !== task.fatalSignal)
        return { clause: `a task was killed: ${task.fatalSignal}, gives up: ${done}`, step: i };
    }
    return undefined;
  },
});

/** Tasks that wait on each node to be let go, by position of the node. */
function waiting({ memory, tasks }: WholeMachine): readonly number[] {
  const counts = memory.pgdats.map(() => 0);
  for (const { reclaim } of tasks) if (reclaim?.at === 'throttled' && !reclaim.woken) counts[reclaim.node]!++;
  return counts;
}

const letGoTogether = machineProperty({
  id: 'kswapd-lets-all-throttled-tasks-go',
  family: 'machine',
  title: 'kswapd knows how many tasks wait for it, and lets them all go at once',
  statement:
    'As many tasks are counted on a node’s queue as are throttled on it and were not let go yet, step by step; when ' +
    'kswapd lets tasks go, none is left on the queue.',
  sources: [THROTTLE, 'v4.0 mm/vmscan.c prepare_kswapd_sleep', 'v4.0 mm/vmscan.c balance_pgdat'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'a task waits': 0.03, 'let go': 0.01 },
  check: (run, see) => {
    for (const [i, { step, after }] of [...reclaiming(run), ...balancing(run)]) {
      if (step.kind === 'transition' && step.at === 'nextZone') continue;
      const { pgdats } = after.memory;
      if (pgdats.every(({ waits }) => waits.throttled === 0) && after.tasks.every(({ reclaim }) => reclaim === null)) {
        continue;
      }
      const want = waiting(after);
      const wrong = pgdats.findIndex(({ waits }, n) => waits.throttled !== want[n]);
      if (want.some((tasks) => tasks > 0)) see('a task waits');
      if (wrong >= 0) {
        const { throttled } = pgdats[wrong]!.waits;
        return { clause: `${throttled} tasks count as throttled on node ${wrong}, and ${want[wrong]} are`, step: i };
      }
    }
    for (const [i, { step, before, after, node }] of balancing(run)) {
      const letGo = step.records.some(({ ev }) => ev === 'pfmemalloc_wake');
      if (!letGo) continue;
      see('let go');
      if (waiting(after)[node] === 0 && waiting(before)[node]! > 0) continue;
      return { clause: `kswapd lets tasks go, and ${waiting(after)[node]} of ${waiting(before)[node]} stay`, step: i };
    }
    return undefined;
  },
});

const onlyBelowHalf = machineProperty({
  id: 'tasks-wait-only-for-nodes-low-on-reserves',
  family: 'machine',
  title: 'Tasks are throttled only on nodes that are low on reserves',
  statement:
    'A task begins to wait for a node’s kswapd only if the zones up to Normal of that node, all together, have no ' +
    'more pages free than half of their min marks.',
  keptFor: 'It holds in v4.0 and fails later: it tells where kernels part.',
  sources: [THROTTLE, PFMEMALLOC, ALLOW],
  verdicts: {
    'v4.0': HOLDS,
    'v4.19': knownToFail(
      'Only zones with something on their lists count: neither their marks nor their free pages, however many these ' +
        'are, if all of a zone’s pages are free or pinned.',
      '6aaced5abd32',
    ),
    'v5.9': knownToFail(
      'Only zones with something on their lists count: neither their marks nor their free pages, however many these ' +
        'are, if all of a zone’s pages are free or pinned.',
      '6aaced5abd32',
    ),
  },
  mustSee: { throttled: 0.03, 'not throttled': 0.08 },
  check: (run, see) => {
    for (const [i, { step }] of reclaiming(run, 'throttleDirectReclaim')) {
      const { at, node } = step.after.task;
      see(at === 'throttled' ? 'throttled' : 'not throttled');
      if (at !== 'throttled') continue;
      const { free, half } = reservesOf(step.before.memory, node);
      if (free <= half) continue;
      return {
        clause: `${free} pages are free below the Normal zone’s end, and ${half} are half of the marks`,
        step: i,
      };
    }
    return undefined;
  },
});

const narrowsNoRequest = machineProperty({
  id: 'throttled-tasks-narrow-no-request',
  family: 'machine',
  title: 'A throttled task takes nothing from the request that is pending',
  statement:
    'When a task asks whether it may reclaim directly, the zone index that is pending with the node’s kswapd, if ' +
    'any, is no lower afterwards.',
  sources: [ALLOW],
  verdicts: {
    'v4.19': knownToFail(
      'The pending index is cut down to the Normal zone, which once was the stricter request and now is the narrower ' +
        'one: what was asked for the Movable zone is forgotten.',
      'LATENT-4',
    ),
    'v5.9': knownToFail(
      'The pending index is cut down to the Normal zone, which once was the stricter request and now is the narrower ' +
        'one: what was asked for the Movable zone is forgotten.',
      'LATENT-4',
    ),
  },
  mustSee: { 'a request is pending': 0.05 },
  check: (run, see) => {
    for (const [i, { step }] of [...reclaiming(run, 'throttleDirectReclaim'), ...reclaiming(run, 'throttled')]) {
      for (const [n, { node }] of step.before.memory.pgdats.entries()) {
        const { zoneIdx } = node.kswapd;
        if (zoneIdx === node.zones.length) continue;
        see('a request is pending');
        const now = step.after.memory.pgdats[n]!.node.kswapd.zoneIdx;
        if (now < zoneIdx) return { clause: `a request for zone index ${zoneIdx} becomes one for ${now}`, step: i };
      }
    }
    return undefined;
  },
});

/** When tasks wait for kswapd before they reclaim, and how they get on. */
export const throttledProperties: readonly Property[] = [getsOut, letGoTogether, onlyBelowHalf, narrowsNoRequest];
