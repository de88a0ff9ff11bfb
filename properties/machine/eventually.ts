import {
  machineOf,
  managedZone,
  zoneAtHand,
  type Machine,
  type WholeMachine,
  type WholeTask,
  type WholeTurn,
} from '../../model/index.ts';
import {
  eventualProperties,
  scannedZone,
  type Chance,
  type EventualProperty,
  type OwedInTheEnd,
} from '../eventually.ts';
import { EVERY_KERNEL, everywhere, knownToFail } from '../property.ts';
import { THROTTLED_FOR_EVER } from './rest.ts';

/** One turn of a whole machine. */
export interface WholeGoing {
  readonly before: WholeMachine;
  readonly turn: WholeTurn;
  readonly after: WholeMachine;
}

type MachineChance = Chance<WholeGoing, WholeMachine>;

/** What a whole machine comes to in the end, in every run that goes on for ever and is fair. */
export interface MachineEventualProperty extends OwedInTheEnd {
  /** How many there are that it may be owed to: tasks, or nodes. */
  readonly owedTo: (w: WholeMachine) => number;
  /** Where it is owed to one of them. */
  readonly from: (w: WholeMachine, who: number) => boolean;
  /** What is owed. */
  readonly until: (w: WholeMachine, who: number) => boolean;
  /** What the environment must not refuse for ever. */
  readonly chances: (start: WholeMachine) => readonly MachineChance[];
}

/** What is owed in the end, of one kswapd or of a whole machine. */
export type AnyEventualProperty = EventualProperty | MachineEventualProperty;

export const isOwedOnMachines = (property: AnyEventualProperty): property is MachineEventualProperty =>
  'owedTo' in property;

const EVERYONE_MOVES = 'whoever could go on again and again does, and there are no signals and no events in the end';
const PRODUCTIVE = `${EVERYONE_MOVES}; whoever reclaims from a node again and again frees a page of it, if he could`;
const SCANNED = 'each zone that a kswapd asks for again and again has a page scanned again and again';
const SCANNING = `${EVERYONE_MOVES}; ${SCANNED}`;

/** Everyone who can go on again and again does. */
const everyoneMoves = ({ memory, tasks }: WholeMachine): readonly MachineChance[] => [
  ...memory.pgdats.map((_, n) => ({
    name: `kswapd ${n} goes on`,
    happens: ({ turn: { who } }: WholeGoing): boolean => 'kswapd' in who && who.kswapd === n,
  })),
  ...tasks.map((_, t) => ({
    name: `task ${t} goes on`,
    happens: ({ turn: { who } }: WholeGoing): boolean => 'task' in who && who.task === t,
  })),
];

/** The node that whoever moves in a turn reclaims from; undefined if nobody does. */
function reclaimedNode({ memory, tasks }: WholeMachine, { who }: WholeTurn): number | undefined {
  if ('kswapd' in who) return memory.pgdats[who.kswapd]!.thread.at === 'shrink' ? who.kswapd : undefined;
  const { reclaim } = tasks[who.task]!;
  return reclaim?.at === 'shrink' ? zoneAtHand(reclaim)[0] : undefined;
}

const pagesIn = (amounts: readonly number[] = []): number => amounts.reduce((sum, pages) => sum + pages, 0);

/** Whoever reclaims from a node again and again, and could free a page of it, does free one again and again. */
const reclaimSucceeds = ({ memory }: WholeMachine): readonly MachineChance[] =>
  memory.pgdats.map((_, n) => ({
    name: `a page of node ${n} is reclaimed`,
    happens: ({ before, turn }) => reclaimedNode(before, turn) === n && pagesIn(turn.reclaimed) > 0,
  }));

const kswapdOf = (w: WholeMachine, n: number): Machine => machineOf(w.memory, n);

/** Each zone is scanned again and again by its kswapd, if this asks for it again and again. */
const kswapdsScan = ({ memory }: WholeMachine): readonly MachineChance[] =>
  memory.pgdats.flatMap(({ node: { zones } }, n) =>
    zones.flatMap((zone, z) => {
      const asked = (w: WholeMachine): boolean => scannedZone(kswapdOf(w, n)) === z;
      const happens = ({ before, turn: { who, scanned = 0 } }: WholeGoing): boolean =>
        'kswapd' in who && who.kswapd === n && asked(before) && scanned > 0;
      return managedZone(zone) ? [{ name: `kswapd ${n} scans zone ${z}`, happens, asked }] : [];
    }),
  );

const fairAndScanning = (start: WholeMachine): readonly MachineChance[] => [
  ...everyoneMoves(start),
  ...kswapdsScan(start),
];

const fairAndProductive = (start: WholeMachine): readonly MachineChance[] => [
  ...everyoneMoves(start),
  ...reclaimSucceeds(start),
];

const isThrottled = ({ reclaim }: WholeTask): boolean => reclaim?.at === 'throttled';

/** Asleep, with no wake-up on its way; or without a node to work on. */
const isAtRest = ({ thread, waits }: Machine): boolean =>
  thread.at === 'stopped' || (thread.at === 'sleep' && !waits.woken);

const nodes = ({ memory }: WholeMachine): number => memory.pgdats.length;
const tasksOf = ({ tasks }: WholeMachine): number => tasks.length;

const getsOut: MachineEventualProperty = {
  id: 'every-throttled-task-gets-out',
  family: 'machine',
  title: 'A throttled task gets out in the end',
  statement:
    'A task that is throttled is let go in the end, if everyone who can go on does, and whoever reclaims from a node ' +
    'again and again frees a page of it where it could.',
  sources: ['v4.0 mm/vmscan.c throttle_direct_reclaim', 'v4.0 mm/vmscan.c balance_pgdat'],
  verdicts: THROTTLED_FOR_EVER,
  owedTo: tasksOf,
  from: ({ tasks }, t) => isThrottled(tasks[t]!),
  until: ({ tasks }, t) => !isThrottled(tasks[t]!),
  underLoad: false,
  chances: fairAndProductive,
  fair: PRODUCTIVE,
};

const KILLS_NOBODY = knownToFail(
  'The OOM killer takes no life for a request that keeps out of file systems, and says that it did: the request goes ' +
    'round for ever if nobody else frees memory. So does one that stays throttled.',
);

const isAnswered: MachineEventualProperty = {
  id: 'every-request-is-answered',
  family: 'machine',
  title: 'Every request is answered in the end',
  statement:
    'A task that asks for pages is given them or refused in the end, if everyone who can go on does, and whoever ' +
    'reclaims from a node again and again frees a page of it where it could.',
  sources: ['v4.0 mm/page_alloc.c __alloc_pages_slowpath', 'v4.19 mm/oom_kill.c out_of_memory'],
  verdicts: {
    'v4.0': knownToFail(
      'A request that keeps out of file systems kills nobody, and counts as if it had: it goes round for ever if ' +
        'nobody else frees memory. So does one that stays throttled.',
    ),
    'v4.19': KILLS_NOBODY,
    'v5.9': KILLS_NOBODY,
  },
  owedTo: tasksOf,
  from: ({ tasks }, t) => tasks[t]!.allocation !== null,
  until: ({ tasks }, t) => tasks[t]!.allocation === null,
  underLoad: false,
  chances: fairAndProductive,
  fair: PRODUCTIVE,
};

const everyKswapdRests: MachineEventualProperty = {
  id: 'every-kswapd-sleeps',
  family: 'machine',
  title: 'Every kswapd sleeps in the end',
  statement:
    'Each kswapd goes fully to sleep in the end, if everyone who can go on does, and each zone that a kswapd asks ' +
    'for again and again has a page scanned by it again and again.',
  sources: ['v4.0 mm/vmscan.c balance_pgdat', 'v4.19 mm/vmscan.c balance_pgdat'],
  verdicts: EVERY_KERNEL,
  owedTo: nodes,
  from: (w, n) => !isAtRest(kswapdOf(w, n)),
  until: (w, n) => isAtRest(kswapdOf(w, n)),
  underLoad: false,
  chances: fairAndScanning,
  fair: SCANNING,
};

/** What kswapd is asked for beyond nothing at all. */
const isAsked = ({ node }: Machine): boolean => node.kswapd.order > 0;

const requestIsServed: MachineEventualProperty = {
  id: 'a-pending-request-of-a-task-is-taken-up',
  family: 'machine',
  title: 'What tasks ask of a kswapd that is awake is taken up in the end',
  statement:
    'While kswapd is awake and a high order is asked for by a task, kswapd takes the request up in the end, if ' +
    'everyone who can go on does.',
  sources: ['v4.0 mm/vmscan.c kswapd', 'v4.19 mm/vmscan.c kswapd'],
  verdicts: everywhere(
    knownToFail(
      'What is pending is read only where kswapd begins anew. It goes fully to sleep on a request that came after ' +
        'its last look, if the task that made it found kswapd awake.',
      '81c5857b279e',
    ),
  ),
  owedTo: nodes,
  from: (w, n) => isAsked(kswapdOf(w, n)) && !isAtRest(kswapdOf(w, n)),
  until: (w, n) => !isAsked(kswapdOf(w, n)),
  underLoad: false,
  chances: everyoneMoves,
  fair: EVERYONE_MOVES,
};

/** What a whole machine comes to in the end. */
export const machineEventualProperties: readonly MachineEventualProperty[] = [
  getsOut,
  isAnswered,
  everyKswapdRests,
  requestIsServed,
];

/** All that is owed in the end. */
export const allEventualProperties: readonly AnyEventualProperty[] = [
  ...eventualProperties,
  ...machineEventualProperties,
];
