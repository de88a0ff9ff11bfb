import type { AnyScope } from '../../kernel/schema/wholeScope.ts';
import type { Kernel, Scenario, WholeScenario } from '../../model/index.ts';
import type { AnyEventualProperty, Property, QuestionProperty } from '../../properties/index.ts';
import type { Lasso } from './liveness/lasso.ts';
import type { QuestionFinding } from './machine/questions.ts';
import type { Marks } from './marks.ts';
import type { Coverage } from './result.ts';
import type { Space } from './space.ts';

/** The mark of every step. */
export const STEPS = 'steps';

/** A space that judges and marks every step that is made in it. */
export interface JudgedSpace<S, M> extends Space<S, M> {
  /** The move that is being made, as far as it has been chosen. */
  readonly moving: M | undefined;
}

/** What an environment must not refuse for ever, as moves of a system. */
export interface ChanceOf<S, M> {
  readonly name: string;
  readonly happens: (before: S, move: M, after: S) => boolean;
  /** Where it is asked for; wherever it could happen if left out. */
  readonly asked?: (state: S) => boolean;
}

/** What is owed in the end, said of the states and moves of a system; to each of some one by one. */
export interface Owed<S, M> {
  readonly property: AnyEventualProperty;
  /** How many there are that it may be owed to. */
  readonly owedTo: number;
  readonly from: (state: S, who: number) => boolean;
  readonly until: (state: S, who: number) => boolean;
  /** Moves that give it too. */
  readonly givenBy?: ChanceOf<S, M>;
  /** Moves that there are none of any more in the end. */
  readonly ceases?: ChanceOf<S, M>;
  /** Whether moves that are events may go on for ever. */
  readonly underLoad: boolean;
  readonly chances: readonly ChanceOf<S, M>[];
}

/** A lasso as it is run, with nothing forgotten of its states. */
export interface LassoRun<S, M> {
  /** The states on the way; where the first round begins is the last of them. */
  readonly stem: readonly S[];
  /** The moves of all rounds, one after the other. */
  readonly moves: readonly { readonly before: S; readonly move: M; readonly after: S }[];
  /** Where a round begins or ends, as texts of what searches tell apart. */
  readonly ends: readonly string[];
}

/** What is explored: a kernel in a scope, what is judged of it, and how moves are told. */
export interface System<S, M> {
  readonly kernel: Kernel;
  readonly scope: AnyScope;
  /** The properties that are judged while states are expanded. */
  readonly properties: readonly Property[];
  /** The space with every step judged and marked. */
  readonly judged: (marks: Marks) => JudgedSpace<S, M>;
  /** The same with nothing that listens to it. */
  readonly bare: () => Space<S, M>;
  /** The scenario that moves make, the first of them a start. */
  readonly scenarioOf: (moves: readonly M[]) => Scenario | WholeScenario;
  /** The properties that ask about states. */
  readonly questions: readonly QuestionProperty[];
  /** What is found by asking about states; undefined if it is told not to go on before the end. */
  readonly ask: (states: Iterable<S>, goOn: () => boolean) => readonly QuestionFinding[] | undefined;
  /** What is owed in the end on machines such as one that things start in. */
  readonly owedOn: (start: S) => readonly Owed<S, M>[];
  /** Whether a move is something that an environment may stop doing. */
  readonly isEvent: (move: M) => boolean;
  /** The lasso of moves: those up to a state, the first of them a start, and those that lead round to it again. */
  readonly lassoOf: (stem: readonly M[], round: readonly M[]) => Lasso;
  /** A lasso as it is run, so many times round. */
  readonly run: (lasso: Lasso, rounds: number) => LassoRun<S, M>;
  /** What was and was not taken. `movesTo` says how many moves it takes to go on from a state. */
  readonly coverage: (marks: Marks, movesTo: (state: number) => number) => Coverage;
}
