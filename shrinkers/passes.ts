import type { Question, Scenario, SetupCase } from '../model/index.ts';
import { ofNode, type Case, type Kind, type Pass } from './case.ts';
import { dropEvents, hoistEvents, joinEvents, reorderEvents } from './events.ts';
import { lowerMarks, scaleDown } from './layout.ts';
import { simplerLists } from './lists.ts';
import { lowerPairs, simplerNumbers } from './numbers.ts';
import { fewerAllocFlags, plainSettings } from './settings.ts';
import { dropTurns, emptyTurns, mergeTurns, moveEarlier, startLater } from './turns.ts';
import { dropAskedZone, dropSetupParts, dropZone, renameSetupZones, renameZones } from './zones.ts';

const OF_SCENARIOS: readonly Pass<Scenario>[] = [
  dropTurns,
  startLater,
  dropZone,
  dropEvents,
  mergeTurns,
  hoistEvents,
  joinEvents,
  emptyTurns,
  ofNode(renameZones),
  plainSettings,
  ofNode(simplerLists),
  scaleDown,
  simplerNumbers,
  ofNode(lowerMarks),
  lowerPairs,
  moveEarlier,
  reorderEvents,
];

const OF_QUESTIONS: readonly Pass<Question>[] = [
  dropAskedZone,
  ofNode(renameZones),
  plainSettings,
  fewerAllocFlags,
  ofNode(simplerLists),
  scaleDown,
  simplerNumbers,
  ofNode(lowerMarks),
  lowerPairs,
];

const OF_SETUPS: readonly Pass<SetupCase>[] = [dropSetupParts, renameSetupZones, scaleDown, simplerNumbers, lowerPairs];

/** A pass over cases of its own kind, as one over cases. */
const ofCases =
  <C extends Case>(pass: Pass<C>): Pass<Case> =>
  (given) =>
    pass(given as C);

const PASSES = {
  scenario: OF_SCENARIOS.map(ofCases),
  question: OF_QUESTIONS.map(ofCases),
  setup: OF_SETUPS.map(ofCases),
};

/** The simplifications of a kind of case, sort by sort, the biggest first. */
export const passesOf = (kind: Kind): readonly Pass<Case>[] =>
  PASSES[kind === 'step' || kind === 'run' ? 'scenario' : kind];
