/** fast-check arbitraries of machines, of what happens to them, and of what is asked about them. */
export { arbitraryDirectCase } from './directCase.ts';
export { layoutOf, type Layout, type LayoutZone } from './layout/layout.ts';
export { illegalities, isLegalScenarioNode } from './legality.ts';
export type { Options } from './node.ts';
export { arbitraryQuestion } from './question.ts';
export { arbitraryScenario } from './scenario.ts';
export { arbitrarySetupCase } from './setupCase.ts';
export { arbitraryWhole } from './whole/machine.ts';
