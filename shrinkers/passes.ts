import type { DirectCase, Question, Scenario, SetupCase } from '../model/index.ts';
import { ofNode, type Case, type Kind, type Pass } from './case.ts';
import {
  dropDirectNode,
  dropDirectTurns,
  dropDirectZone,
  emptyDirectTurns,
  moveDirectEarlier,
  ofNodes,
  plainDirectSettings,
  renameDirectZones,
} from './direct.ts';
import { dropEvents, hoistEvents, joinEvents, reorderEvents, splitEvents, wakeInstead } from './events.ts';
import { lowerMarks, scaleDown } from './layout.ts';
import { simplerLists } from './lists.ts';
import { lowerPairs, simplerNumbers, tradeNumbers } from './numbers.ts';
import { fewerAllocFlags, lowerAskedOrder, plainSettings } from './settings.ts';
import { dropTurns, emptyTurns, lowerLimit, mergeTurns, moveEarlier, startLater, withRoom } from './turns.ts';
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
  wakeInstead,
  ofNode(renameZones),
  plainSettings,
  ofNode(simplerLists),
  scaleDown,
  simplerNumbers,
  ofNode(lowerMarks),
  splitEvents,
  lowerPairs,
  tradeNumbers,
  moveEarlier,
  reorderEvents,
];

const OF_QUESTIONS: readonly Pass<Question>[] = [
  dropAskedZone,
  ofNode(renameZones),
  plainSettings,
  fewerAllocFlags,
  lowerAskedOrder,
  ofNode(simplerLists),
  scaleDown,
  simplerNumbers,
  ofNode(lowerMarks),
  lowerPairs,
  tradeNumbers,
];

const OF_SETUPS: readonly Pass<SetupCase>[] = [
  dropSetupParts,
  renameSetupZones,
  scaleDown,
  simplerNumbers,
  lowerPairs,
  tradeNumbers,
];

const OF_DIRECTS: readonly Pass<DirectCase>[] = [
  dropDirectTurns,
  dropDirectNode,
  dropDirectZone,
  emptyDirectTurns,
  renameDirectZones,
  plainDirectSettings,
  ofNodes(simplerLists),
  scaleDown,
  simplerNumbers,
  ofNodes(lowerMarks),
  lowerPairs,
  tradeNumbers,
  moveDirectEarlier,
];

/** A pass each of whose candidates is cut off late, or else when the case was. */
const roomy = (pass: Pass<Scenario>): Pass<Scenario> =>
  function* (given) {
    for (const candidate of pass(given)) {
      const roomier = withRoom(candidate);
      if (roomier.limit > candidate.limit) yield roomier;
      yield candidate;
    }
  };

/** A pass over cases of its own kind, as one over cases. */
const ofCases =
  <C extends Case>(pass: Pass<C>): Pass<Case> =>
  (given) =>
    pass(given as C);

const PASSES = {
  scenario: [...OF_SCENARIOS.map(roomy), lowerLimit].map((pass) => ofCases(pass)),
  question: OF_QUESTIONS.map((pass) => ofCases(pass)),
  setup: OF_SETUPS.map((pass) => ofCases(pass)),
  direct: OF_DIRECTS.map((pass) => ofCases(pass)),
};

/** The simplifications of a kind of case, sort by sort, the biggest first. */
export const passesOf = (kind: Kind): readonly Pass<Case>[] =>
  PASSES[kind === 'step' || kind === 'run' ? 'scenario' : kind];
