import {
  kernels,
  type DirectCase,
  type Kernel,
  type Question,
  type Scenario,
  type SetupCase,
  type WholeScenario,
} from '../model/index.ts';
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
import { dropEvents, hoistEvents, joinEvents, plainEvents, reorderEvents, splitEvents, wakeInstead } from './events.ts';
import { lowerMarks, scaleDown } from './layout.ts';
import { simplerLists } from './lists.ts';
import { lowerPairs, simplerNumbers, tradeNumbers } from './numbers.ts';
import { repaired } from './repairs.ts';
import { fewerAllocFlags, lowerAskedOrder, plainSettings } from './settings.ts';
import { dropTurns, emptyTurns, lowerLimit, mergeTurns, moveEarlier, startLater, withRoom } from './turns.ts';
import {
  dropRequests,
  dropTask,
  dropWholeNode,
  dropWholeTurns,
  emptyWholeTurns,
  emptyWholeZone,
  lowerWholeLimit,
  moveWholeEarlier,
  ofWholeNodes,
  plainRequests,
  plainWholeSettings,
} from './whole.ts';
import { repairedWhole } from './wholeRepairs.ts';
import { dropAskedZone, dropSetupParts, dropZone, renameSetupZones, renameZones } from './zones.ts';

/** What makes a run shorter or its node smaller. */
const shorterRuns = (k: Kernel): readonly Pass<Scenario>[] => [
  dropEvents,
  dropTurns,
  mergeTurns,
  dropZone,
  (given) => hoistEvents(k, given),
];

const ofScenarios = (k: Kernel): readonly Pass<Scenario>[] => [
  dropTurns,
  (given) => startLater(k, given),
  dropZone,
  dropEvents,
  mergeTurns,
  (given) => hoistEvents(k, given),
  joinEvents,
  emptyTurns,
  wakeInstead,
  plainEvents,
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
  ...shorterRuns(k).map((pass) => repaired(k, pass, 1)),
  ...shorterRuns(k).map((pass) => repaired(k, pass, 2)),
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

const ofMachines = (k: Kernel): readonly Pass<WholeScenario>[] => [
  dropWholeTurns,
  lowerWholeLimit,
  dropTask,
  dropRequests,
  dropWholeNode,
  emptyWholeZone,
  emptyWholeTurns,
  plainRequests,
  plainWholeSettings,
  ofWholeNodes(simplerLists),
  scaleDown,
  simplerNumbers,
  ofWholeNodes(lowerMarks),
  lowerPairs,
  tradeNumbers,
  moveWholeEarlier,
  ...[dropTask, dropRequests].map((pass) => repairedWhole(k, pass)),
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

/** The passes over runs of kswapd, and of whole machines, of each kernel. */
const OF_KERNELS = Object.fromEntries(
  Object.entries(kernels).map(([name, kernel]) => {
    const runs = [...ofScenarios(kernel).map(roomy), lowerLimit].map((pass) => ofCases(pass));
    return [name, { run: runs, step: runs, scenario: runs, machine: ofMachines(kernel).map((pass) => ofCases(pass)) }];
  }),
);

const PASSES = {
  question: OF_QUESTIONS.map((pass) => ofCases(pass)),
  setup: OF_SETUPS.map((pass) => ofCases(pass)),
  direct: OF_DIRECTS.map((pass) => ofCases(pass)),
};

/** The simplifications of a kind of case of a specified kernel, sort by sort, the biggest first. */
export const passesOf = (kind: Kind, kernel: Kernel): readonly Pass<Case>[] =>
  kind === 'question' || kind === 'setup' || kind === 'direct' ? PASSES[kind] : OF_KERNELS[kernel.name]![kind];
