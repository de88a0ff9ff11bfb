import {
  clearFlags,
  deriveKernel,
  populatedZone,
  taskAt,
  v4_0,
  withNode,
  withZone,
  zoneAt,
  zoneAtHand,
  type Zone,
} from '../../model/index.ts';
import { directStep, doneOtherwise } from '../steps.ts';
import type { Bug } from '../bug.ts';

/** A bit of a zone's state that v4.0 has no use for: kswapd found the zone past hope. */
const ALL_UNRECLAIMABLE = 1 << 20;

const finishShrink = v4_0.transitions.finishShrink;
const comesToZone = directStep(v4_0, 'nextZone');
const shrinks = v4_0.directReclaim.yields.shrink!;

const isFlagged = (zone: Zone): boolean => (zone.flags & ALL_UNRECLAIMABLE) !== 0;

/** kswapd flags a zone after shrinking it, or takes the flag away, by what was scanned in vain. */
const flagsZones = doneOtherwise(finishShrink, (k, m) => {
  const { machine, records } = finishShrink.step(k, m);
  const { zone: index } = m.thread.balance;
  const zone = machine.node.zones[index]!;
  const flagged = k.zoneReclaimable(k, m.system, zone)
    ? clearFlags(zone, ALL_UNRECLAIMABLE)
    : { ...zone, flags: zone.flags | ALL_UNRECLAIMABLE };
  return { machine: withNode(machine, withZone(machine.node, index, flagged)), records };
});

/** v4.0 as its direct reclaim sees it: what kswapd flagged is past hope, and nothing else. */
const byFlag = deriveKernel(v4_0, {
  name: 'v4.0 with zones given up by a flag',
  zoneReclaimable: (_k, _system, zone) => !isFlagged(zone),
});

/** Bugs of the time when kswapd flagged zones that were past hope, and direct reclaim went by the flag, or not. */
export const unreclaimableBugs: readonly Bug[] = [
  {
    id: '929bea7c7142',
    title: 'a zone is passed over by its flag and hoped for by its counter',
    landed: '2.6.39',
    kind: 'liveness',
    status: 'bug',
    story:
      'Direct reclaim passed over zones that kswapd had flagged as past hope, and asked the count of scanned pages ' +
      'whether another try was worth it. A page that is freed takes the count back to 0, and a flag that was set ' +
      'at the same moment stays (here, only kswapd ever takes it back): then the zone is not scanned, and always ' +
      'worth another try. Both went by the flag from then on; v4.0 has none, and goes by the count.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but zones are passed over by a flag and hoped for by their count',
      transitions: { finishShrink: flagsZones },
      directReclaim: {
        transitions: {
          nextZone: doneOtherwise(comesToZone, (k, memory, task) => {
            const outcome = comesToZone.step(byFlag, memory, task);
            const came = outcome.task;
            if (came.position === task.position) return outcome;
            const zone = zoneAt(memory, zoneAtHand(came));
            if (!populatedZone(zone) || !k.zoneReclaimable(k, memory.system, zone)) return outcome;
            return { ...outcome, task: taskAt(came, came.at, { zonesReclaimable: true }) };
          }),
        },
      },
    }),
    fixed: v4_0,
    property: 'a-task-goes-on-exactly-if-it-made-progress',
  },
  {
    id: '6e543d5780e3',
    title: 'a zone that kswapd never shrinks is never past hope',
    landed: '3.12',
    kind: 'liveness',
    status: 'bug',
    story:
      'Whether a zone is past hope was a flag that kswapd set as it shrank the zone. For a high order it soon ' +
      'falls back to order 0, finds the zone in order and sleeps; the task that wants the order scans on its own, ' +
      'sees no flag and is told of progress, 200,000 times over in the report. The flag went, and whoever asks ' +
      'counts what was scanned in vain.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0, but direct reclaim goes by what kswapd flagged',
      transitions: { finishShrink: flagsZones },
      directReclaim: {
        transitions: {
          nextZone: doneOtherwise(comesToZone, (_k, memory, task) => comesToZone.step(byFlag, memory, task)),
        },
        yields: {
          shrink: { ...shrinks, resume: (_k, memory, task, turn) => shrinks.resume(byFlag, memory, task, turn) },
        },
      },
    }),
    fixed: v4_0,
    property: 'a-task-goes-on-exactly-if-it-made-progress',
  },
  {
    id: 'LATENT-8',
    title: 'a zone is given up by counters that drift',
    landed: 'both counters went in 4.8 and 4.12',
    kind: 'accounting',
    status: 'latent',
    story:
      'From 3.17 on both sides of the test that gives a zone up, pages scanned and pages on its lists, are cheap ' +
      'counters, which may be off by what CPUs count by themselves. The verdict can differ from the truth for as ' +
      'long as no CPU adds its share. The lists of the specified v4.0 have one length; here they are read with the ' +
      'drift of the zone’s free pages.',
    faulty: deriveKernel(v4_0, {
      name: 'v4.0 whose lists are as far off as its free pages',
      zoneReclaimablePages: (k, system, zone) =>
        Math.max(0, v4_0.zoneReclaimablePages(k, system, zone) + zone.vmstatDrift),
    }),
    fixed: v4_0,
    property: 'balance-is-independent',
  },
];
