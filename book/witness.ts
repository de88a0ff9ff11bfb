import { kernels, type Kernel } from '../model/index.ts';
import { judge, type Case, type CaseKind, type Failure, type Property } from '../properties/index.ts';
import { PLAIN, renderFailure, renderGiven, renderHappening } from '../report/counterexample/index.ts';
import { witnessPath } from '../search/atHand.ts';
import { readSavedCase } from '../search/savedCase.ts';
import { fenced } from './markdown.ts';

interface ShownWitness {
  readonly property: Property;
  readonly kernel: Kernel;
  readonly kind: CaseKind;
  readonly given: Case;
  readonly failure: Failure;
}

/** The smallest case that shows a known failure, with what happens in it; nothing if none is kept. */
export function witnessText(property: Property, kernelName: string): string {
  const file = witnessPath(kernelName, property.id);
  const kernel = kernels[kernelName];
  if (kernel === undefined || file === undefined) return '';
  const { kind, given } = readSavedCase(file);
  const failure = judge(property, kernel, given);
  if (failure === undefined) {
    throw new Error(`The witness of ${property.id} in ${kernelName} does not fail any more: search for another one`);
  }
  return [
    'The smallest case that shows it:',
    fenced('text', shownText({ property, kernel, kind, given, failure })),
    kind === 'scenario'
      ? `Step through it with \`npx kswapd-spec replay ${property.id} --step\`.`
      : `Ask it again with \`npx kswapd-spec replay ${property.id}\`.`,
  ].join('\n\n');
}

/** A case without the words of its property, which stand on the page. */
const shownText = ({ property, failure, ...shown }: ShownWitness): string =>
  [renderGiven(shown, PLAIN), renderHappening({ ...shown, property, failure }, PLAIN), renderFailure(failure, PLAIN)]
    .filter((text) => text !== '')
    .join('\n\n');
