import type { Kernel } from '../../model/index.ts';
import type { Case, CaseKind, Failure, Property } from '../../properties/index.ts';
import { caseKind } from '../../properties/index.ts';
import { caseLines } from './case.ts';
import { propertyLines } from './property.ts';
import { colorsOf, wrap, type Style } from './style.ts';

/** A case that fails a property. */
export interface ShownCounterexample {
  readonly property: Property;
  readonly kernel: Kernel;
  readonly given: Case;
  readonly failure: Failure;
  /** The file that it was saved as. */
  readonly savedAs?: string;
}

/** A case, judged by a property or not. */
export interface ShownCase {
  readonly property?: Property;
  readonly kernel: Kernel;
  readonly kind: CaseKind;
  readonly given: Case;
  readonly failure?: Failure;
}

/** A case as people read it: the property, what is given, what happens, and the clause that failed. */
export function renderCase({ property, kernel, kind, given, failure }: ShownCase, style: Style): string {
  const c = colorsOf(style);
  return [
    ...(property === undefined ? [] : [...propertyLines(property, kernel, c), '']),
    ...caseLines(kernel, kind, given, failure, c),
    ...(failure === undefined ? [] : ['', ...wrap(failure.clause, '✗ ', '  ').map((line) => c.red(line))]),
  ].join('\n');
}

/** A counterexample as people read it, with the command that replays it. */
export function renderCounterexample(shown: ShownCounterexample, style: Style): string {
  const { property, savedAs } = shown;
  const text = renderCase({ ...shown, kind: caseKind(property) }, style);
  return savedAs === undefined ? text : `${text}\n\nreplay: npx kswapd-spec replay ${shellWord(savedAs)}`;
}

/** A path as a shell reads it back. */
const shellWord = (path: string): string =>
  /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
