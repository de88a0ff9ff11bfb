import { caseKind, type CaseKind } from '../../properties/index.ts';
import type { Bug } from '../../history/index.ts';
import type { Journal } from './journal.ts';
import { quarryOf, SEARCH_NAMES, type Outcome, type SearchName, type Task } from './searches.ts';

/** A search that has not come upon a bug with the first so many seeds is not tried with the others. */
export const GIVES_UP_AFTER = 5;
/** Quick ones first: a machine takes as long as many questions. */
const KINDS: readonly CaseKind[] = ['question', 'setup', 'scenario', 'direct', 'machine'];

/** Bugs that are looked for by one search in cases of one kind, seed by seed. */
interface Lane {
  readonly search: SearchName;
  readonly ids: readonly string[];
  next: number;
  busy: boolean;
}

export interface Asked {
  readonly bugs: readonly Bug[];
  /** The first seed, and how many there are. */
  readonly from: number;
  readonly seeds: number;
  readonly most: number;
}

function lanesOf({ bugs, from }: Asked): readonly Lane[] {
  const groups = new Map<string, string[]>();
  for (const bug of bugs) {
    const key = `${KINDS.indexOf(caseKind(quarryOf(bug).property))} ${bug.faulty.base}`;
    groups.set(key, [...(groups.get(key) ?? []), bug.id]);
  }
  const inOrder = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, ids]) => ids);
  return SEARCH_NAMES.flatMap((search) => inOrder.map((ids) => ({ search, ids, next: from, busy: false })));
}

/** Whether a search never came upon a bug with so many seeds. */
const isHopeless = (outcomes: readonly Outcome[], search: SearchName, id: string): boolean => {
  const own = outcomes.filter((one) => one.search === search && one.id === id);
  return own.length >= GIVES_UP_AFTER && own.every(({ executions }) => executions === null);
};

/** The next task of a lane, if anything is left to be looked for with its seed. */
function taskOf({ search, ids, next: seed }: Lane, { most }: Asked, journal: Journal): Task | undefined {
  const left = ids.filter((id) => !journal.has({ search, seed }, id) && !isHopeless(journal.outcomes, search, id));
  return left.length === 0 ? undefined : { search, ids: left, seed, most };
}

/** How often bugs are still to be looked for. */
export const leftOf = (asked: Asked, journal: Journal): number =>
  lanesOf(asked).reduce((sum, lane) => {
    const seeds = Array.from({ length: asked.seeds }, (_, i) => asked.from + i);
    return sum + seeds.reduce((left, next) => left + (taskOf({ ...lane, next }, asked, journal)?.ids.length ?? 0), 0);
  }, 0);

/**
 * Looks for every bug with every search and seed, on so many threads at once; within a lane one seed after the other,
 * so that what comes out does not depend on the threads. All of one seed come before the next.
 */
export async function runLanes(
  asked: Asked,
  journal: Journal,
  threads: number,
  run: (task: Task) => Promise<readonly Outcome[]>,
  onDone: (task: Task) => void,
): Promise<void> {
  const lanes = lanesOf(asked);
  const end = asked.from + asked.seeds;
  const nextLane = (): Lane | undefined => {
    const idle = lanes.filter(({ busy, next }) => !busy && next < end);
    return idle.reduce<Lane | undefined>(
      (best, lane) => (best === undefined || lane.next < best.next ? lane : best),
      undefined,
    );
  };
  const work = async (): Promise<void> => {
    for (let lane = nextLane(); lane !== undefined; lane = nextLane()) {
      const task = taskOf(lane, asked, journal);
      if (task !== undefined) {
        lane.busy = true;
        journal.add(await run(task));
        lane.busy = false;
        onDone(task);
      }
      lane.next++;
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
}
