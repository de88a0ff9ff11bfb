import type { DirectRun, DirectStep, Memory, Zone } from '../../model/index.ts';
import { HOLDS, directProperty, type DirectProperty } from '../property.ts';
import { allowedZone } from './walks.ts';

const THROTTLE = 'v4.19 mm/vmscan.c throttle_direct_reclaim';

const ALL_HOLD = { 'v4.0': HOLDS, 'v4.19': HOLDS, 'v5.9': HOLDS } as const;

/** A zone's min mark, which a boost raises. */
const minMark = ({ watermark, boost }: Zone): number => watermark.min + boost;

/** Whether a node's zones up to Normal together have more free pages than all of their min marks. */
function hasPlenty({ pgdats }: Memory, node: number): boolean {
  const { zones } = pgdats[node]!.node;
  const low = zones.slice(0, zones.findIndex(({ name }) => name === 'Normal') + 1);
  return low.every((zone) => Math.max(0, zone.freeArea.pages + zone.vmstatDrift) > minMark(zone));
}

/** Whether a node has nothing free in the zones up to Normal, but something to reclaim where it keeps a reserve. */
function isBare({ pgdats }: Memory, node: number): boolean {
  const { zones, kswapd } = pgdats[node]!.node;
  const low = zones.slice(0, zones.findIndex(({ name }) => name === 'Normal') + 1);
  return (
    kswapd.failures < 16 &&
    low.every(({ freeArea, vmstatDrift }) => freeArea.pages + vmstatDrift <= 0) &&
    low.some((zone) => zone.managed > 0 && minMark(zone) > 0 && zone.lru.inactiveFile > 0)
  );
}

const shrinks = ({ trace }: DirectRun): boolean => trace.some(({ ev }) => ev === 'shrink');

const throttledTasksGetOut = directProperty({
  id: 'throttled-tasks-get-out',
  family: 'direct',
  title: 'Throttled tasks get out',
  statement:
    'A throttled task goes on as soon as it is woken and its node has plenty, or a fatal signal reaches it; a task ' +
    'that may not enter the filesystem also after any signal, or after a second. Nothing else lets it go on.',
  sources: [THROTTLE],
  verdicts: ALL_HOLD,
  target: 'turns that the task waits on',
  mustSee: { woken: 0.02, killed: 0.01, 'without the filesystem': 0.01, 'waits on': 0.02 },
  check: ({ given, steps }, see, reach) => {
    const interruptible = !given.args.gfpMask.includes('FS');
    let waits = 0;
    for (const [i, one] of steps.entries()) {
      if (one.at !== 'throttled' || one.kind !== 'resume') continue;
      const { wake = false, signal, timeout = false } = one.input;
      const killed = signal === 'fatal';
      const ended = interruptible && (signal !== undefined || timeout);
      const plenty = hasPlenty(one.before.memory, one.before.task.node);
      const goesOn = one.after.task.at !== 'throttled';
      see(killed ? 'killed' : ended ? 'without the filesystem' : wake ? 'woken' : 'waits on');
      if (!goesOn) reach?.(++waits);
      if (!goesOn && (killed || ended || (wake && plenty))) {
        return { clause: 'the task waits on although nothing keeps it', step: i };
      }
      if (goesOn && !killed && !ended && !wake) return { clause: 'the task goes on although no one let it', step: i };
    }
    return undefined;
  },
});

/** Whether the first node of a request that may use a zone up to Normal is bare. */
function isFirstBare({ before }: DirectStep, { nodes, zonelist, args }: DirectRun['given']): boolean {
  const names: readonly string[] = nodes[0]!.zones.map(({ name }) => name);
  const allowed = names.indexOf(allowedZone(names, args.gfpMask, false));
  const highest = Math.min(allowed, names.indexOf('Normal'));
  const first = zonelist.find(([, zone]) => zone <= highest);
  return first !== undefined && isBare(before.memory, first[0]);
}

const onlyThrottledInNeed = directProperty({
  id: 'only-tasks-in-need-are-throttled',
  family: 'direct',
  title: 'Kernel threads, dying tasks and tasks with plenty are not throttled',
  statement:
    'A kernel thread, a task with a fatal signal, and a task whose first node has more free than all of its min ' +
    'marks reclaim at once. Other tasks wait while it has nothing free at all, and yet something to reclaim.',
  sources: [THROTTLE],
  verdicts: ALL_HOLD,
  mustSee: { 'kernel thread': 0.01, dying: 0.01, throttled: 0.03, 'goes on': 0.05 },
  check: ({ steps, given }, see) => {
    const at = steps.findIndex((step) => step.at === 'throttleDirectReclaim');
    const step = steps[at];
    if (step === undefined) return undefined;
    const throttled = step.after.task.at === 'throttled';
    const { kthread, fatalSignal } = step.before.task;
    see(kthread ? 'kernel thread' : fatalSignal ? 'dying' : throttled ? 'throttled' : 'goes on');
    if (!throttled) {
      const bare = !kthread && !fatalSignal && isFirstBare(step, given);
      return bare ? { clause: 'a task goes on although its node has nothing free', step: at } : undefined;
    }
    if (kthread || fatalSignal) return { clause: 'a task that never waits is throttled', step: at };
    if (!hasPlenty(step.before.memory, step.after.task.node)) return undefined;
    return {
      clause: `a task is throttled on node ${given.nodes[step.after.task.node]!.id}, which has plenty`,
      step: at,
    };
  },
});

const killedTasksReclaimNothing = directProperty({
  id: 'tasks-killed-in-the-throttle-reclaim-nothing',
  family: 'direct',
  title: 'A task that is killed while it is throttled reclaims nothing, and returns 1',
  statement:
    'A task that a fatal signal reaches while it is throttled shrinks nothing and returns 1, so that no other task ' +
    'is killed for its request; any other task that gets out goes on to reclaim.',
  sources: ['v4.19 mm/vmscan.c try_to_free_pages', THROTTLE],
  verdicts: ALL_HOLD,
  mustSee: { killed: 0.01, 'gets out': 0.02 },
  check: (run, see) => {
    const at = run.steps.findIndex((step) => step.at === 'checkPending');
    if (at < 0) return undefined;
    const killed = run.steps.some((one) => one.at === 'throttled' && 'input' in one && one.input.signal === 'fatal');
    see(killed ? 'killed' : 'gets out');
    if (!killed) {
      const onward = run.steps[at]!.after.task.at !== 'done';
      return onward ? undefined : { clause: 'a task that no one killed gives up', step: at };
    }
    if (shrinks(run)) return { clause: 'a killed task reclaims', step: at };
    return run.task.result === 1 ? undefined : { clause: `a killed task returns ${run.task.result}`, step: at };
  },
});

/** When a task waits before it reclaims. */
export const throttleProperties: readonly DirectProperty[] = [
  throttledTasksGetOut,
  onlyThrottledInNeed,
  killedTasksReclaimNothing,
];
