import {
  watchDirectCase,
  watchWhole,
  type DirectCase,
  type Kernel,
  type Scenario,
  type WholeScenario,
} from '../../model/index.ts';
import { caseKind, type Case, type CaseKind, type Failure, type Property } from '../../properties/index.ts';
import { givenLines, runLines } from './case.ts';
import { directRunLines } from './directLines.ts';
import { propertyLines } from './property.ts';
import { watchJudged } from './sequel.ts';
import { wholeRunLines } from './wholeLines.ts';
import { colorsOf, wrap, type Colors, type Style } from './style.ts';

/** A case that fails a property. */
export interface ShownCounterexample {
  readonly property: Property;
  readonly kernel: Kernel;
  readonly given: Case;
  readonly failure: Failure;
  /** The file that it was saved as. */
  readonly savedAs?: string;
}

/** A case, judged by a property or not; what follows it is shown as the property goes on. */
export interface ShownCase {
  readonly property?: Property;
  readonly kernel: Kernel;
  readonly kind: CaseKind;
  readonly given: Case;
  readonly failure?: Failure;
}

/** A case as people read it: the property, what is given, what happens, and the clause that failed. */
export function renderCase(shown: ShownCase, style: Style): string {
  const { failure } = shown;
  const c = colorsOf(style);
  const happens = happeningLines(shown, c);
  return [
    renderGiven(shown, style),
    ...(happens.length === 0 ? [] : ['', ...happens]),
    ...(failure === undefined ? [] : ['', renderFailure(failure, style)]),
  ].join('\n');
}

/** What happens in a case that is run; nothing for one that is only asked. */
function happeningLines({ property, kernel, kind, given, failure }: ShownCase, c: Colors): readonly string[] {
  switch (kind) {
    case 'scenario':
      return runLines(watchJudged(kernel, given as Scenario, property, failure), c);
    case 'direct':
      return directRunLines(watchDirectCase(kernel, given as DirectCase), failure?.step, c);
    case 'machine':
      return wholeRunLines(watchWhole(kernel, given as WholeScenario), failure?.step, c);
    case 'question':
    case 'setup':
      return [];
  }
}

/** What happens in a case, as people read it; empty for one that is only asked. */
export const renderHappening = (shown: ShownCase, style: Style): string =>
  happeningLines(shown, colorsOf(style)).join('\n');

/** The property of a case, and what is given. */
export function renderGiven({ property, kernel, kind, given }: ShownCase, style: Style): string {
  const c = colorsOf(style);
  const head = property === undefined ? [] : [...propertyLines(property, kernel, c), ''];
  return [...head, ...givenLines(kernel, kind, given, c)].join('\n');
}

/** The clause that failed. */
export function renderFailure({ clause }: Failure, style: Style): string {
  return colorsOf(style).red(wrap(clause, '✗ ').join('\n'));
}

/** A counterexample as people read it, with the command that replays it. */
export function renderCounterexample(shown: ShownCounterexample, style: Style): string {
  const { property, savedAs } = shown;
  const text = renderCase({ ...shown, kind: caseKind(property) }, style);
  return savedAs === undefined ? text : `${text}\n\nreplay: npx kswapd-spec replay ${shellWord(savedAs)}`;
}

/** A path as a shell reads it back. */
export const shellWord = (path: string): string =>
  /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
