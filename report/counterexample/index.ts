/** How a case and its run are shown to people. */
export { renderCase, renderCounterexample, type ShownCase, type ShownCounterexample } from './render.ts';
export { renderSteps, stepsJson } from './steps.ts';
export { PLAIN, type Style } from './style.ts';
export { renderTimeline } from './timeline.ts';
