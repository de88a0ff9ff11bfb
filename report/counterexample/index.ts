/** How a case and its run are shown to people. */
export {
  renderCase,
  renderCounterexample,
  renderFailure,
  renderGiven,
  renderHappening,
  renderProperty,
  renderStory,
  shellWord,
} from './render.ts';
export { watchJudged } from './sequel.ts';
export { renderSteps, stepsJson } from './steps.ts';
export { PLAIN } from './style.ts';
export { renderTimeline } from './timeline.ts';
