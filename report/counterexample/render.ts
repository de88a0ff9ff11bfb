import {
  watchDirectCase,
  watchWhole,
  type DirectCase,
  type Kernel,
  type Question,
  type Scenario,
  type WholeScenario,
} from '../../model/index.ts';
import { caseKind, type Case, type CaseKind, type Failure, type Property } from '../../properties/index.ts';
import { answerLines, givenLines, runLines } from './case.ts';
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
  const { property, kernel } = shown;
  const text = renderStory(shown, style);
  return property === undefined ? text : `${renderProperty(property, kernel, style)}\n\n${text}`;
}

/** A case without the words of its property: what is given, what happens, and the clause that failed. */
export function renderStory(shown: ShownCase, style: Style): string {
  const { failure } = shown;
  const happens = renderHappening(shown, style);
  const texts = [renderGiven(shown, style), happens, failure === undefined ? '' : renderFailure(failure, style)];
  return texts.filter((text) => text !== '').join('\n\n');
}

/** A property in words. */
export const renderProperty = (property: Property, kernel: Kernel, style: Style): string =>
  propertyLines(property, kernel, colorsOf(style)).join('\n');

/** What happens in a case that is run, or is answered in one that is asked; nothing of a set-up. */
function happeningLines({ property, kernel, kind, given, failure }: ShownCase, c: Colors): readonly string[] {
  switch (kind) {
    case 'scenario':
      return runLines(watchJudged(kernel, given as Scenario, property, failure), c);
    case 'direct':
      return directRunLines(watchDirectCase(kernel, given as DirectCase), failure?.step, c);
    case 'machine':
      return wholeRunLines(watchWhole(kernel, given as WholeScenario), failure?.step, c);
    case 'question':
      return answerLines(property, kernel, given as Question, c);
    case 'setup':
      return [];
  }
}

/** What happens in a case, or is answered, as people read it; empty for a set-up. */
export const renderHappening = (shown: ShownCase, style: Style): string =>
  happeningLines(shown, colorsOf(style)).join('\n');

/** What is given in a case. */
export const renderGiven = ({ property, kernel, kind, given }: ShownCase, style: Style): string =>
  givenLines(kernel, kind, given, colorsOf(style), property).join('\n');

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
