import { describe, expect, test } from 'vitest';
import {
  allocatorFaults,
  directFaults,
  kswapdFaults,
  laterAllocatorFaults,
  laterKswapdFaults,
} from '../../faults/index.ts';
import { readLines } from '../../kernel/files.ts';
import { answerCase } from '../../kernel/vectors/answer.ts';
import { firstDifference, recordedAnswer } from '../../kernel/vectors/compare.ts';
import { kernels } from '../../model/index.ts';
import { vectorFile } from '../kernel/vectors.ts';

interface Recorded {
  readonly where: string;
  readonly input: object;
}

/** The recorded cases in some of a kernel's files, mixed so that each kind comes soon. */
const recordedIn = (files: readonly string[], kernel: string): readonly Recorded[] =>
  files
    .flatMap((name) => {
      const lines = readLines(vectorFile(name, kernel));
      return lines.map(({ text, number }) => ({
        where: `${name}:${number}`,
        input: JSON.parse(text) as object,
        place: number / lines.length,
      }));
    })
    .toSorted((a, b) => a.place - b.place);

/** Steps of direct reclaim that the recorded cases, which begin past the throttle, do not come by. */
const UNRECORDED: ReadonlySet<string> = new Set([
  'directReclaim.tryToFreePages',
  'directReclaim.throttleDirectReclaim',
  'directReclaim.throttled',
  'directReclaim.checkPending',
]);

const TABLES = [
  {
    of: 'kswapd or set-up',
    files: ['setup', 'predicates', 'loops'],
    faults: [...kswapdFaults, ...laterKswapdFaults],
  },
  { of: 'the page allocator', files: ['alloc'], faults: [...allocatorFaults, ...laterAllocatorFaults] },
  { of: 'direct reclaim', files: ['direct'], faults: directFaults.filter(({ name }) => !UNRECORDED.has(name)) },
] as const;

describe.each(TABLES)('a kernel with a fault in $of is told by the recorded cases', ({ files, faults }) => {
  const bases = Object.keys(kernels).filter((base) => faults.some(({ kernel }) => kernel.base === base));
  describe.each(bases)('%s', (base) => {
    const own = faults.filter(({ kernel }) => kernel.base === base);
    const cases = recordedIn(files, base);

    for (const { name, what, kernel } of own) {
      test(`${name}: ${what}`, () => {
        const told = cases.some(
          ({ where, input }) =>
            firstDifference(recordedAnswer(input), answerCase(input, where, kernel).got) !== undefined,
        );
        expect(told).toBe(true);
      });
    }
  });
});
