import { kernels } from '../model/index.ts';
import { judge, type Property } from '../properties/index.ts';
import { PLAIN, renderStory } from '../report/counterexample/index.ts';
import { witnessPath } from '../search/atHand.ts';
import { readSavedCase } from '../search/savedCase.ts';
import { fenced } from './markdown.ts';

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
    fenced('text', renderStory({ property, kernel, kind, given, failure }, PLAIN)),
    kind === 'scenario'
      ? `Step through it with \`npx kswapd-spec replay ${property.id} --step\`.`
      : `Ask it again with \`npx kswapd-spec replay ${property.id}\`.`,
  ].join('\n\n');
}
