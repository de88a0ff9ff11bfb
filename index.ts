/** kswapd-spec as a library: the model, what it promises, and the ways to check it. */
export * from './generators/index.ts';
export { InputError, type InputProblem } from './kernel/inputError.ts';
export { answerCase, type Answer } from './kernel/vectors/answer.ts';
export { conformFile, type FileReport } from './kernel/vectors/conform.ts';
export { readRealMachine, type RealMachine } from './kernel/zoneinfo/realMachine.ts';
export * from './model/index.ts';
export * from './properties/index.ts';
export { renderCounterexample, renderTimeline } from './report/counterexample/index.ts';
export { check, checkProperty, type Plan } from './search/check.ts';
export { explore, type ExplorePlan } from './search/explore/explore.ts';
export type { Exploration } from './search/explore/result.ts';
export { readScope } from './search/explore/scopeFile.ts';
export * from './search/result.ts';
export { readSavedCase, type SavedCase } from './search/savedCase.ts';
export { shrinkCase } from './shrinkers/index.ts';
