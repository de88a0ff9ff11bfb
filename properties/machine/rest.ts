import type { WholeRun, WholeScenario, WholeScenarioTask, WholeStep } from '../../model/index.ts';
import { EVERY_KERNEL, knownToFail, machineProperty, type MachineProperty } from '../property.ts';

/** Rounds, in each of which everyone moves once, that a node needs to become hopeless: 16 runs down the priorities. */
const HOPELESS_ROUNDS = 256;

const moversIn = ({ nodes, tasks }: WholeScenario): number => nodes.length + tasks.length;

/** Turns after the script in which a machine with so much to do comes to rest, if it ever does. */
function restBound(scenario: WholeScenario): number {
  const requests = scenario.tasks.reduce((sum, task) => sum + task.requests.length, 0);
  return moversIn(scenario) * (2 * HOPELESS_ROUNDS + 4 * (requests + scenario.nodes.length));
}

/** Whether some request of a task waits as long as it takes: it must not fail, or kills nobody for its page. */
const mayWaitForEver = ({ requests }: WholeScenarioTask): boolean =>
  requests.some(({ gfp }) => gfp.includes('NOFAIL') || (gfp.includes('IO') && !gfp.includes('FS')));

/** Whether a machine has something to reclaim, reclaim is productive, and nobody asks to wait for ever. */
const mustRest = ({ nodes, tasks, afterwards }: WholeScenario): boolean =>
  afterwards === 'productive' &&
  nodes.some(({ zones }) => zones.some(({ lru }) => lru.inactiveFile > 0)) &&
  !tasks.some(mayWaitForEver);

/** A task that is throttled at the end, by position, or -1. */
const throttledIn = ({ machine }: WholeRun): number =>
  machine.tasks.findIndex(({ reclaim }) => reclaim?.at === 'throttled');

const comesToRest = machineProperty({
  id: 'finite-demand-comes-to-rest',
  family: 'machine',
  title: 'When reclaim is productive and demand is finite, every request is answered',
  statement:
    'Where there is something to reclaim, no request must succeed or keep out of file systems, everyone moves in ' +
    'turn and reclaim frees what it can, every task gets its answers and every kswapd sleeps in the end, unless a ' +
    'task stays throttled.',
  sources: ['v4.0 mm/page_alloc.c __alloc_pages_slowpath', 'v4.0 mm/vmscan.c balance_pgdat'],
  verdicts: EVERY_KERNEL,
  spans: 'a whole run, to its end',
  mustSee: { 'came to rest': 0.12, 'reclaimed directly': 0.05 },
  check: (run, see) => {
    const { scenario, end, machine, steps } = run;
    if (!mustRest(scenario)) return undefined;
    if (steps.some(({ of }) => of === 'direct')) see('reclaimed directly');
    if (end === 'quiet') {
      see('came to rest');
      return undefined;
    }
    const tooShort = scenario.limit < scenario.script.length + restBound(scenario);
    if (tooShort || throttledIn(run) >= 0) return undefined;
    const waiting = machine.tasks.findIndex(({ allocation }) => allocation !== null);
    const at = machine.tasks[waiting];
    const place = at?.reclaim?.at ?? at?.allocation?.at;
    const clause =
      place === undefined ? 'some kswapd never sleeps, or a task never begins' : `task ${waiting} is still at ${place}`;
    return { clause, step: steps.length - 1 };
  },
});

/** Whether a task got anywhere in a step. */
const getsOn = (step: WholeStep): boolean =>
  step.of === 'allocation' || step.of === 'task' || (step.of === 'direct' && step.step.after.task.at !== 'throttled');

/** Why a task may be throttled without end. */
export const THROTTLED_FOR_EVER = {
  'v4.0': knownToFail(
    'A node with next to nothing free and nothing to reclaim throttles its tasks: no kswapd can help them, and ' +
      'that other nodes have memory to give does not let them out.',
    'f012a84aff9f',
  ),
  'v4.19': knownToFail(
    'A zone with nothing on its lists does not count for the throttle however much of it is free, and is enough ' +
      'for kswapd to call the node balanced: kswapd lets the task go, the task finds the reserves low, wakes ' +
      'kswapd and waits again, without end.',
    '6aaced5abd32',
  ),
  'v5.9': knownToFail(
    'A zone with nothing on its lists does not count for the throttle however much of it is free, and is enough ' +
      'for kswapd to call the node balanced: kswapd never gives the node up, and the task waits without end.',
    '6aaced5abd32',
  ),
};

const throttledForEver = machineProperty({
  id: 'no-task-is-throttled-for-ever',
  family: 'machine',
  title: 'A throttled task gets out in the end',
  statement:
    'Where there is something to reclaim, everyone moves in turn and reclaim frees what it can, no task is throttled ' +
    'while every kswapd could have given its node up, and no other task gets anywhere either.',
  sources: ['v4.0 mm/vmscan.c throttle_direct_reclaim', 'v4.0 mm/vmscan.c pfmemalloc_watermark_ok'],
  verdicts: THROTTLED_FOR_EVER,
  spans: 'a whole run, to its end',
  mustSee: { throttled: 0.008, 'came to rest after it': 0.004 },
  check: (run, see) => {
    const { scenario, end, steps } = run;
    if (!mustRest(scenario)) return undefined;
    if (
      steps.some(({ of, after }) => of === 'direct' && after.tasks.some(({ reclaim }) => reclaim?.at === 'throttled'))
    )
      see('throttled');
    else return undefined;
    if (end === 'quiet') see('came to rest after it');
    const task = throttledIn(run);
    const got = steps.findLastIndex(getsOn);
    const idle = run.turns - Math.max(scenario.script.length, steps[got]?.turn ?? 0);
    if (end !== 'limit' || task < 0 || idle < moversIn(scenario) * HOPELESS_ROUNDS) return undefined;
    return { clause: `task ${task} is throttled, and no task got anywhere in the last ${idle} turns`, step: got };
  },
});

/** How a machine comes to rest. */
export const restProperties: readonly MachineProperty[] = [comesToRest, throttledForEver];
