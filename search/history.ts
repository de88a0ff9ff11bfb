import { bugs, type Bug } from '../history/index.ts';
import type { Failure, Property } from '../properties/index.ts';
import { judge, type Case } from '../properties/index.ts';
import { measure } from '../shrinkers/index.ts';
import { findFirst } from './find.ts';
import { historyCase } from './historyCase.ts';
import { propertyNamed, readSavedCase } from './savedCase.ts';

/** A bug with its smallest case. */
export interface ShownBug {
  readonly bug: Bug;
  readonly property: Property;
  readonly given: Case;
  /** Why the case fails in the faulty kernel. */
  readonly failure: Failure;
  readonly size: CaseSize;
}

/** How large a case is: what others do in it (or what tasks ask for), turns, and zones, or zones, nodes and tasks. */
export interface CaseSize {
  readonly events: number;
  readonly turns: number;
  readonly parts: number;
}

/** What came of looking for a bug. */
export interface Searched {
  readonly found: boolean;
  /** Cases that were tried. */
  readonly executions: number;
  readonly ms: number;
}

export const DEFAULT_MOST = 20_000;

/** A bug as it is kept. */
export function showBug(bug: Bug): ShownBug {
  const { id, faulty, property: name } = bug;
  const property = propertyNamed(name);
  const path = historyCase(id);
  const given = path === undefined ? undefined : readSavedCase(path).given;
  const failure = property && given && judge(property, faulty, given);
  if (property === undefined || given === undefined || failure === undefined) {
    throw new Error(`Nothing is kept that shows ${id}: npm run keep -- ${id}`);
  }
  const [events = 0, turns = 0, parts = 0] = measure(given);
  return { bug, property, given, failure, size: { events, turns, parts } };
}

/** Looks for a case by which a property tells the faulty kernel, as a check of it draws them. */
export function searchBug({ bug, property }: ShownBug, seed: number, most: number): Searched {
  const start = performance.now();
  const found = findFirst(property, bug.faulty, seed, most);
  return { found: found !== undefined, executions: found?.executions ?? most, ms: performance.now() - start };
}

/** The bugs whose ids begin like a text; all of them for an empty one. */
export const bugsNamed = (start: string): readonly Bug[] => bugs.filter(({ id }) => id.startsWith(start));
