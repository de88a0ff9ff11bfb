import type { Machine, Turn } from '../model/index.ts';
import { EVERY_KERNEL, everywhere, HOLDS, knownToFail, type Property } from './property.ts';

/** One move of kswapd from where it waits to where it waits next, and what came of that wait. */
export interface Going {
  readonly before: Machine;
  readonly after: Machine;
  /** What comes of the wait that it has come to. */
  readonly work: Turn;
  /** Whether it began to balance anew on its way. */
  readonly beganRun: boolean;
}

/**
 * Ways of going on that a promise tells apart. As a chance it is something that an environment must not refuse for
 * ever: if it could happen again and again, it does.
 */
export interface Chance<G = Going, S = Machine> {
  readonly name: string;
  readonly happens: (going: G) => boolean;
  /** Where it is asked for, whatever the environment has to offer; wherever it could happen if left out. */
  readonly asked?: (state: S) => boolean;
}

/** What is said of everything that is owed in the end, whoever owes it. */
export interface OwedInTheEnd extends Pick<Property, 'id' | 'family' | 'title' | 'statement' | 'sources' | 'verdicts'> {
  /** Whether other tasks and events may go on as they like for ever; if not, there are none any more in the end. */
  readonly underLoad: boolean;
  /** What the environment must not refuse for ever, in words. */
  readonly fair: string;
}

/**
 * What kswapd comes to in the end, in every run that goes on for ever and is fair. Single runs cannot show that it
 * never does; a run that comes back to where it was can.
 */
export interface EventualProperty extends OwedInTheEnd {
  /** Where it is owed. */
  readonly from: (m: Machine) => boolean;
  /** What is owed. */
  readonly until: (m: Machine) => boolean;
  /** Ways of going on that give it too. */
  readonly givenBy?: Chance;
  /** Ways of going on that there are none of any more in the end. */
  readonly ceases?: Chance;
  /** What the environment must not refuse for ever, on a node of so many zones. */
  readonly chances: (zones: number) => readonly Chance[];
}

const LOOP = 'v4.0 mm/vmscan.c kswapd';
const BALANCE = 'v4.0 mm/vmscan.c balance_pgdat';
const LATER_BALANCE = 'v4.19 mm/vmscan.c balance_pgdat';

const hasEnded = ({ thread }: Machine): boolean => thread.at === 'stopped';

/** Asleep, with no wake-up on its way. */
const isAsleep = ({ thread, waits }: Machine): boolean => thread.at === 'sleep' && !waits.woken;

const LEFT_ALONE = 'kswapd goes on from wherever it waits, and other tasks do nothing more in the end';
const SCANNED = `${LEFT_ALONE}; each zone that kswapd asks for again and again has a page scanned again and again`;
const UNDER_LOAD = 'kswapd goes on from wherever it waits; other tasks may do what they like for ever';

const SHORT = `${UNDER_LOAD}; in the end no scan reaches what was asked for, as in small zones at the first priorities`;

const noChance = (): readonly Chance[] => [];

/** The zone that a wait for reclaim is about; from v4.8 on all zones up to this one. */
export const scannedZone = ({ thread }: Machine): number | undefined => {
  if (thread.at !== 'shrink') return undefined;
  const { balance, nodeBalance } = thread;
  return balance.nrToReclaim > 0 ? balance.zone : nodeBalance.reclaimIdx;
};

/** Each zone is scanned again and again, if kswapd asks for it again and again. */
const scanning = (zones: number): readonly Chance[] =>
  Array.from({ length: zones }, (_, zone) => ({
    name: `zone ${zone} is scanned`,
    happens: ({ after, work }) => scannedZone(after) === zone && (work.scanned ?? 0) > 0,
    asked: (m) => scannedZone(m) === zone,
  }));

const sleepsLeftAlone: EventualProperty = {
  id: 'kswapd-left-alone-sleeps',
  family: 'liveness',
  title: 'Left alone, kswapd sleeps in the end',
  statement: 'Once no task does anything more, kswapd goes fully to sleep or is stopped, whatever comes of reclaim.',
  sources: [BALANCE, 'v4.0 mm/vmscan.c zone_reclaimable', LATER_BALANCE],
  verdicts: {
    'v4.0': knownToFail(
      'A zone is given up only by being scanned. One that is below its high mark, with a few pages on its lists that ' +
        'no scan reaches, is worth scanning for ever: kswapd walks from priority 12 to 1 again and again.',
    ),
    'v4.19': HOLDS,
    'v5.9': HOLDS,
  },
  from: () => true,
  until: (m) => isAsleep(m) || hasEnded(m),
  underLoad: false,
  chances: noChance,
  fair: LEFT_ALONE,
};

const sleepsWhenScanned: EventualProperty = {
  id: 'kswapd-that-scans-sleeps',
  family: 'liveness',
  title: 'Left alone, kswapd that scans what it asks for sleeps in the end',
  statement:
    'Once no task does anything more, and each zone that kswapd asks for again and again has a page scanned again ' +
    'and again, kswapd goes fully to sleep or is stopped.',
  sources: [BALANCE, 'v4.0 mm/vmscan.c zone_reclaimable'],
  verdicts: EVERY_KERNEL,
  from: () => true,
  until: (m) => isAsleep(m) || hasEnded(m),
  underLoad: false,
  chances: scanning,
  fair: SCANNED,
};

const throttledGoOn: EventualProperty = {
  id: 'a-throttled-task-goes-on',
  family: 'liveness',
  title: 'A throttled task goes on in the end',
  statement:
    'Once a task waits on pfmemalloc_wait while kswapd is awake, and no task does anything more, kswapd lets it go ' +
    'or is stopped, if zones that it asks for again and again are scanned.',
  sources: [BALANCE, 'v4.0 mm/vmscan.c prepare_kswapd_sleep'],
  verdicts: EVERY_KERNEL,
  from: (m) => m.waits.throttled > 0 && !isAsleep(m),
  until: (m) => m.waits.throttled === 0 || hasEnded(m),
  underLoad: false,
  chances: scanning,
  fair: SCANNED,
};

const NAP =
  'Whether the short sleep was cut short is told by the time that is left. A request in its last moment leaves none: ' +
  'the second check asks for the old order, and kswapd goes to sleep on the new request.';

const requestsAreTaken: EventualProperty = {
  id: 'a-request-is-taken-up',
  family: 'liveness',
  title: 'A request made of a kswapd that is awake is taken up in the end',
  statement:
    'While kswapd is awake and a high order is asked for, it takes the request up in the end, or is stopped, if no ' +
    'task does anything more and zones that it asks for again and again are scanned.',
  sources: [LOOP],
  verdicts: {
    'v4.0': knownToFail(
      'A pending request is read only if the last run ended at no lower a zone and the same order as it was asked ' +
        'for. One that comes during another run is left unread, and kswapd goes to sleep on it.',
      '81c5857b279e',
    ),
    'v4.19': knownToFail(NAP),
    'v5.9': knownToFail(NAP),
  },
  from: (m) => m.node.kswapd.order > 0 && !isAsleep(m),
  until: (m) => m.node.kswapd.order === 0 || hasEnded(m),
  underLoad: false,
  chances: scanning,
  fair: SCANNED,
};

const freezesInTheEnd: EventualProperty = {
  id: 'a-freeze-is-obeyed',
  family: 'liveness',
  title: 'The freezer is obeyed in the end',
  statement: 'Once kswapd is asked to freeze it stands still or has ended in the end, whatever other tasks do.',
  sources: [LOOP, BALANCE],
  verdicts: everywhere(
    knownToFail(
      'A freeze that comes in the short sleep only ends it: kswapd then prepares to wait anew and goes fully to ' +
        'sleep, where it does not ask. The freezer has to tell it again.',
    ),
  ),
  from: ({ waits }) => waits.freezing,
  until: (m) => !m.waits.freezing || hasEnded(m),
  underLoad: true,
  chances: noChance,
  fair: UNDER_LOAD,
};

const stopsInTheEnd: EventualProperty = {
  id: 'a-stop-is-obeyed',
  family: 'liveness',
  title: 'A stop is obeyed in the end',
  statement: 'Once kswapd is told to stop it ends, whatever other tasks do.',
  sources: [LOOP, BALANCE],
  verdicts: EVERY_KERNEL,
  from: ({ waits }) => waits.shouldStop,
  until: hasEnded,
  underLoad: true,
  chances: noChance,
  fair: UNDER_LOAD,
};

const isBalancing = ({ thread }: Machine): boolean => thread.at === 'shrink' || thread.at === 'compact';

/** Whether as much was scanned as was asked for, of the zone at hand; from v4.8 on of the node. */
function isScannedEnough({ thread }: Machine): boolean {
  const { at, balance, nodeBalance } = thread;
  const { nrScanned, nrToReclaim } = balance.nrToReclaim > 0 ? balance : nodeBalance;
  return at === 'shrink' && nrScanned >= nrToReclaim;
}

const runsEnd: EventualProperty = {
  id: 'a-run-that-falls-short-ends',
  family: 'liveness',
  title: 'A run whose scans fall short comes to its end',
  statement:
    'A balancing run ends in the end, whatever other tasks do, once each scan falls short of what was asked for: ' +
    'each such round is followed by one at a higher priority, and after priority 1 there is none.',
  sources: ['v4.0 mm/vmscan.c kswapd_shrink_zone', BALANCE, 'v4.19 mm/vmscan.c kswapd_shrink_node', LATER_BALANCE],
  verdicts: {
    'v4.0': knownToFail(
      'A zone that is passed over because it is balanced counts as scanned enough, for the whole round. With one ' +
        'below the zones that are low, a page in each round is all that it takes: the priority stays where it is, ' +
        'however little of them is scanned, as long as pages come back to their lists.',
    ),
    'v4.19': HOLDS,
    'v5.9': HOLDS,
  },
  from: isBalancing,
  until: (m) => !isBalancing(m),
  givenBy: { name: 'another run begins', happens: ({ beganRun }) => beganRun },
  underLoad: true,
  ceases: { name: 'enough is scanned', happens: ({ after }) => isScannedEnough(after) },
  chances: noChance,
  fair: SHORT,
};

/** What kswapd comes to in the end. */
export const eventualProperties: readonly EventualProperty[] = [
  sleepsLeftAlone,
  sleepsWhenScanned,
  throttledGoOn,
  requestsAreTaken,
  freezesInTheEnd,
  stopsInTheEnd,
  runsEnd,
];
