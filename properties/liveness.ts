import type { Node, Run, System, Turn } from '../model/index.ts';
import { givenUp } from './independent/balance.ts';
import { isHopeless } from './independent/node.ts';
import { trustedFreePages } from './independent/watermark.ts';
import { EVERY_KERNEL, HOLDS, knownToFail, runProperty, watchProperty, type Property } from './property.ts';
import { isAwake, productiveTurns, quietProperty, sleepBound } from './quiet.ts';

const BALANCE = 'v4.0 mm/vmscan.c balance_pgdat';
const LOOP = 'v4.0 mm/vmscan.c kswapd';

/** It gives each zone what is asked of it. */
const productiveTurn = productiveTurns(({ balance }) => balance.nrToReclaim);

/**
 * Turns in which an environment without events must have let kswapd sleep: more than five walks from priority 12 to
 * 1.
 */
const HOPELESS_BOUND = 256;

/** The quiet, hopeless environment: every scan finds nothing to scan. */
const hopelessTurn = (): Turn => ({ scanned: 0 });

const isLow = ({ machine }: Run): boolean =>
  machine.node.zones.some((zone) => trustedFreePages(zone) < zone.watermark.high);

const productiveSleeps = quietProperty({
  id: 'productive-reclaim-lets-kswapd-sleep',
  family: 'liveness',
  title: 'When reclaim succeeds and nothing more is asked, kswapd sleeps',
  statement:
    'From wherever a run has led, with no further event and an environment that reclaims what is asked for, or ' +
    'half of what there is if that is more, kswapd is fully asleep (or was stopped) within 8 + 2 (zones + 1) ' +
    '(12 + rounds) turns, where rounds adds up over the zones how often their pages can be halved, and 2.',
  sources: [BALANCE, LOOP],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'awake at the end': 0.1, 'below high at the end': 0.1 },
  environment: { like: 'productive reclaim', turnOf: productiveTurn, bound: sleepBound },
  seeEnd: (run, see) => {
    if (isAwake(run)) see('awake at the end');
    if (isLow(run)) see('below high at the end');
  },
});

const unproductiveSleeps = quietProperty({
  id: 'unproductive-reclaim-lets-kswapd-sleep',
  family: 'liveness',
  title: 'Even when reclaim finds nothing, kswapd sleeps in the end',
  statement:
    'With no further event and an environment in which nothing can be scanned, kswapd is asleep within 256 turns.',
  keptFor: 'What operators ask first: does kswapd stop when nothing helps? It fails in v4.0.',
  sources: [BALANCE, 'v4.0 mm/vmscan.c zone_reclaimable'],
  verdicts: {
    'v4.19': HOLDS,
    'v5.9': HOLDS,
    'v4.0': knownToFail(
      'A zone is given up only by being scanned. One that is below its high mark, with a few pages on its lists ' +
        'that no scan ' +
        'reaches, is worth scanning for ever: kswapd walks from priority 12 to 1 again and again.',
    ),
  },
  mustSee: { 'below high at the end': 0.1 },
  environment: { like: 'nothing to scan', turnOf: hopelessTurn, bound: () => HOPELESS_BOUND },
  seeEnd: (run, see) => {
    if (isLow(run)) see('below high at the end');
  },
});

/** Reserves as set-up makes them: nothing is kept from requests for the zone itself or a lower one. */
const reservesAreSetUp = ({ zones }: Node): boolean =>
  zones.every(({ lowmemReserve }, i) => lowmemReserve.every((pages, j) => j > i || pages === 0));

const neverSpins = runProperty({
  id: 'kswapd-never-spins',
  family: 'liveness',
  title: 'kswapd never spins without passing a yield point',
  statement:
    'With reserves as set-up computes them, kswapd does not begin to balance more than 16 times in a row without ' +
    'shrinking, compacting or sleeping in between.',
  sources: [LOOP],
  verdicts: EVERY_KERNEL,
  spans: 'a run as a whole; what is owed in the end tells of spinning',
  mustSee: { 'reserves as set up': 0.3 },
  check: (run, see) => {
    if (!reservesAreSetUp(run.start.node)) return undefined;
    see('reserves as set up');
    return run.end === 'spinning'
      ? { clause: 'kswapd began to balance 17 times without passing a yield point', step: run.steps.length - 1 }
      : undefined;
  },
});

/** The first zone up to an index that could be reclaimed from and has less than its low mark. */
function lowZone(system: System, { zones }: Node, zoneIdx: number): string | undefined {
  const zone = zones.find(
    (candidate, i) =>
      i <= zoneIdx &&
      candidate.present > 0 &&
      !givenUp(system, candidate) &&
      candidate.freeArea.pages < candidate.watermark.low,
  );
  return zone && `${zone.name} has ${zone.freeArea.pages} free pages, ${zone.watermark.low} is its low mark`;
}

const ONE_ZONE_DOES = knownToFail(
  'One zone at its high mark is enough for kswapd to sleep; all others may be low, or empty.',
  '86c79f6b5426',
);

const noLowZoneInSleep = watchProperty({
  id: 'no-zone-below-low-in-sleep',
  family: 'liveness',
  title: 'When kswapd sleeps, no zone is below its low mark',
  statement:
    'When kswapd goes fully to sleep, no zone up to the last requested index that is still worth scanning, of a node ' +
    'that is not past hope, has fewer free pages than its low mark.',
  sources: ['v4.0 mm/vmscan.c prepare_kswapd_sleep', LOOP],
  verdicts: {
    'v4.19': ONE_ZONE_DOES,
    'v5.9': ONE_ZONE_DOES,
    'v4.0': knownToFail(
      'kswapd judges whether it may sleep at the order and the highest zone that its last run ended at, not at ' +
        'those it was ' +
        'asked for: a run that ended at a lower zone leaves higher zones out, and a high order is content with a ' +
        'quarter of the pages.',
      '81c5857b279e',
    ),
  },
  mustSee: { sleep: 0.3 },
  watch: {
    begin: () => ({ zoneIdx: undefined as number | undefined }),
    next: (seen, step, see) => {
      if (step.at === 'wake') seen.zoneIdx = step.after.thread.classzoneIdx;
      if (!step.records.some(({ ev }) => ev === 'sleep')) return undefined;
      see('sleep');
      const { system, node } = step.after;
      if (isHopeless(node)) return undefined;
      const low = lowZone(system, node, seen.zoneIdx ?? node.zones.length - 1);
      if (low !== undefined) return { clause: `kswapd sleeps while ${low}` };
      return undefined;
    },
  },
});

/** That kswapd comes to rest, and what its rest is worth. */
export const livenessProperties: readonly Property[] = [
  productiveSleeps,
  unproductiveSleeps,
  neverSpins,
  noLowZoneInSleep,
];
