import {
  ALLOC_FAIR,
  zonelistAt,
  type AllocatedPage,
  type AllocTask,
  type AllocTraceRecord,
  type Memory,
  type TaskFlags,
  type WholeRun,
  type ZoneRef,
} from '../../model/index.ts';
import { allocating, type Allocating } from './steps.ts';

/** A zone that a walk came to, and what became of it. */
export interface Visit {
  readonly at: ZoneRef;
  /** The step that came to it, as an index into the run. */
  readonly i: number;
  /** Memory and task as the walk comes to it. */
  readonly memory: Memory;
  readonly task: AllocTask;
  /** Which pass of the attempt over the zonelist it is in, from 1 on, and whether that one is fair. */
  readonly pass: number;
  readonly fair: boolean;
  /** What was recorded while the walk was at it. */
  readonly records: readonly AllocTraceRecord[];
  /** The zonelists were built anew while the walk was at it, so that it may have come to stand elsewhere. */
  readonly shifted: boolean;
  readonly taken: boolean;
}

/** One attempt of a task to take pages: its passes over the zonelist. */
export interface Attempt {
  readonly who: number;
  /** The step that begins it. */
  readonly i: number;
  readonly memory: Memory;
  readonly task: AllocTask;
  readonly visits: readonly Visit[];
  /** Further rounds of the slow path that were begun for the request, and the task's flags as the last one began. */
  readonly rounds: number;
  readonly roundFlags: TaskFlags;
  /** It is over, with a page or without. */
  readonly ended: boolean;
  readonly page: AllocatedPage | null;
}

interface OpenVisit extends Visit {
  shifted: boolean;
  taken: boolean;
  readonly records: AllocTraceRecord[];
}

interface OpenAttempt extends Attempt {
  pass: number;
  readonly visits: OpenVisit[];
  ended: boolean;
  page: AllocatedPage | null;
}

const attemptsOfRuns = new WeakMap<WholeRun, readonly Attempt[]>();

interface Rounds {
  readonly rounds: number;
  readonly roundFlags: TaskFlags;
}

const NO_ROUNDS: Rounds = { rounds: 0, roundFlags: 0 };

const opened = (i: number, { step, task }: Allocating, { rounds, roundFlags }: Rounds): OpenAttempt => {
  const { memory, task: begins } = step.before;
  return { who: task, i, memory, task: begins, visits: [], rounds, roundFlags, pass: 0, ended: false, page: null };
};

/** The walk comes to a zone. */
function visited(i: number, { step }: Allocating, pass: number): OpenVisit {
  const { memory, task } = step.after;
  const at = zonelistAt(memory, task.context.zonelist)[task.attempt.position]!;
  const fair = (task.attempt.allocFlags & ALLOC_FAIR) !== 0;
  return { at, i, memory, task, pass, fair, records: [], shifted: false, taken: false };
}

function attemptsIn(run: WholeRun): readonly Attempt[] {
  const found: Attempt[] = [];
  const open = new Map<number, OpenAttempt>();
  const rounds = new Map<number, Rounds>();
  for (const [i, one] of allocating(run)) {
    const { step, task } = one;
    if (step.at === 'allocPagesNodemask') rounds.delete(task);
    if (step.at === 'retry') {
      rounds.set(task, { rounds: (rounds.get(task)?.rounds ?? 0) + 1, roundFlags: step.before.task.flags });
    }
    if (step.at === 'getPageFromFreelist') {
      const begun = opened(i, one, rounds.get(task) ?? NO_ROUNDS);
      open.set(task, begun);
      found.push(begun);
      continue;
    }
    const attempt = open.get(task);
    if (attempt === undefined) continue;
    if (step.at === 'zonelistScan') attempt.pass++;
    else if (step.at === 'nextZone') {
      if (step.after.task.at !== 'endOfScan') attempt.visits.push(visited(i, one, attempt.pass));
    } else if (step.at === 'endOfScan') {
      if (step.after.task.at === 'zonelistScan') continue;
      attempt.ended = true;
      open.delete(task);
    } else {
      const visit = attempt.visits.at(-1)!;
      for (const record of step.records) visit.records.push(record);
      if (step.after.memory.zonelists[0]!.fallback !== visit.memory.zonelists[0]!.fallback) visit.shifted = true;
      if (step.at !== 'rmqueue' || step.after.task.page === null) continue;
      visit.taken = true;
      attempt.page = step.after.task.page;
      attempt.ended = true;
      open.delete(task);
    }
  }
  return found;
}

/** The attempts of all tasks, in the order in which they begin. */
export function attemptsOf(run: WholeRun): readonly Attempt[] {
  const known = attemptsOfRuns.get(run);
  if (known !== undefined) return known;
  const attempts = attemptsIn(run);
  attemptsOfRuns.set(run, attempts);
  return attempts;
}
