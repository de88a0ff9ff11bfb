import type { CheckOutcome } from '../../search/result.ts';
import { propertyCount, type CheckReporter } from './reporter.ts';

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const TITLES: Partial<Readonly<Record<CheckOutcome, string>>> = {
  counterexample: 'counterexample',
  vacuous: 'too few interesting cases',
  'no longer fails': 'known failure no longer fails',
};

/** For GitHub's logs: an annotation for everything that is not as specified. */
export function githubReporter(): CheckReporter {
  return {
    result: (result, savedAs) => {
      const title = TITLES[result.outcome];
      if (title === undefined) return '';
      const what = result.counterexample?.failure.clause ?? result.property.statement;
      const replay = savedAs === undefined ? '' : `\nnpx kswapd-spec replay ${savedAs}`;
      return `::error title=${property(`${result.property.id}: ${title}`)}::${data(`${what}${replay}`)}\n`;
    },
    end: ({ kernel, results, seed }) =>
      `::notice title=kswapd-spec::${data(`${propertyCount(results.length)} of ${kernel}, seed ${seed}`)}\n`,
  };
}
