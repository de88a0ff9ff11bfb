import type { AnyScope } from '../../kernel/schema/wholeScope.ts';
import type { Kernel, Question, Scenario, WholeScenario } from '../../model/index.ts';
import type { AnyEventualProperty, Failure, Property } from '../../properties/index.ts';
import type { Lasso } from './liveness/lasso.ts';
import type { Counts } from './search.ts';

/**
 * What an exploration says of a property: no step of the scope fails it; one does, unexpectedly or as it is known to;
 * it is known to fail, but not in this scope; the scope has no step that it says anything of; or what was found does
 * not show itself when it is run, as states were taken for the same that the kernel tells apart.
 */
export type ExploredOutcome =
  'holds' | 'counterexample' | 'known failure' | 'does not fail here' | 'not judged' | 'not decided';

/** A shortest way to something: moves from a start, and the scenario that makes them. */
export interface Way {
  /** Events, and turns after the first. */
  readonly moves: number;
  readonly given: Scenario | WholeScenario;
}

export interface ExploredProperty {
  readonly property: Property;
  readonly outcome: ExploredOutcome;
  /** Steps that it says something of, or questions. */
  readonly judged: number;
  readonly failing: number;
  /** Its kinds of case, and how many there were of each. */
  readonly labels: readonly { readonly label: string; readonly cases: number }[];
  /** What fails first: a run, or a question about a state that is so many moves away. */
  readonly counterexample?: {
    readonly moves: number;
    readonly given: Scenario | WholeScenario | Question;
    readonly failure: Failure;
  };
}

/** What an exploration says of what kswapd comes to in the end. */
export interface ExploredEventually {
  readonly property: AnyEventualProperty;
  readonly outcome: ExploredOutcome;
  /** States in which it is owed. */
  readonly owed: number;
  /** A fair run that goes on for ever and never gives it. */
  readonly lasso?: Lasso;
  /** Why it is not decided. */
  readonly why?: string;
}

/** Something that can happen, how often it does, and after how many moves first; 0 times if it never does. */
export interface Happening {
  readonly name: string;
  readonly times: number;
  readonly moves?: number;
}

/** What is and is not taken of what a kernel has. */
export interface Coverage {
  /** Where kswapd goes from each of its points: `sleep to takeRequest`. */
  readonly ways: readonly Happening[];
  /** What a tracer sees. */
  readonly records: readonly Happening[];
  /** The rules that are decided by: whether they are asked at all. */
  readonly rules: readonly Happening[];
  /** What each rule that is asked answers: `zoneBalanced: no`. */
  readonly answers: readonly Happening[];
  /**
   * The clauses of these: what they are told by rules that they ask (`zoneBalanced > zoneWatermarkOkSafe: no`), and
   * which comparison of their own decides (`__zoneWatermarkOk: no by reserve`).
   */
  readonly clauses: readonly Happening[];
}

/** What cut an exploration off before it was complete. */
export type CutOff = 'time';

export interface Exploration {
  readonly kernel: Kernel;
  readonly scope: AnyScope;
  readonly counts: Counts;
  /** Steps judged: transitions of kswapd, events, and the work and the end of waits. */
  readonly steps: number;
  /** Its time was up: there are states that it did not look into, or properties that it did not reach. */
  readonly cutOff?: CutOff;
  /** What was not looked into at all, as its time was up, or as there was no room for it. */
  readonly notReached: readonly (Property | AnyEventualProperty)[];
  readonly ms: number;
  /** Bytes of memory that the states take, with the table that finds them. */
  readonly bytes: number;
  /** Bytes of them that lie in files, as there was no more room for them in memory. */
  readonly spilled: number;
  readonly properties: readonly ExploredProperty[];
  /** None if it was cut off: then there may be rounds that were not seen. */
  readonly eventually: readonly ExploredEventually[];
  /** Bytes that looking for what is owed in the end would have taken beside the states, if they were too many. */
  readonly noRoomFor?: number;
  readonly coverage: Coverage;
  /** A shortest way to something that is listed there; undefined if it never happens. */
  readonly witnessOf: (name: string) => Way | undefined;
}

/** What was asked for by id, and is not judged: by no case that says anything of it, or as it was not reached. */
export function unjudged(
  { properties, eventually, notReached }: Exploration,
  asked: readonly string[],
): readonly string[] {
  const not = [...properties, ...eventually].filter(({ outcome }) => outcome === 'not judged');
  const ids = new Set([...not.map(({ property }) => property.id), ...notReached.map(({ id }) => id)]);
  return asked.filter((id) => ids.has(id));
}

/**
 * 0 all as specified, 1 an unexpected counterexample, 3 something that was asked for by id is not judged, or something
 * is not decided, 5 cut off before the end.
 */
export function exploreExitCode(exploration: Exploration, asked: readonly string[] = []): number {
  const { properties, eventually, cutOff } = exploration;
  const outcomes = new Set([...properties, ...eventually].map(({ outcome }) => outcome));
  if (outcomes.has('counterexample')) return 1;
  if (cutOff !== undefined) return 5;
  return outcomes.has('not decided') || unjudged(exploration, asked).length > 0 ? 3 : 0;
}
