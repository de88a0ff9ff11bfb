import { expect } from 'vitest';
import { readRealMachine, type ProcFiles } from '../../../kernel/zoneinfo/realMachine.ts';
import { kernels } from '../../../model/index.ts';
import { explain, type Explanation, type Question } from '../../../report/explain/explain.ts';
import { sample } from '../../kernel/zoneinfo/samples.ts';

/** Judged as the command does: by the kernel that is nearest to the one that wrote the file. */
export function judged(files: ProcFiles, question: Question = { order: 0 }): Explanation {
  const machine = readRealMachine(files);
  return explain(
    kernels[machine.writtenBy.kernel]!,
    machine,
    question,
    'x',
    `the file is ${machine.writtenBy.because}`,
  );
}

/** A sample with a few of its lines changed. */
export const changed = (name: string, ...changes: readonly (readonly [RegExp, string])[]): ProcFiles => {
  const { text } = sample(`${name}.zoneinfo`);
  return {
    zoneinfo: {
      name,
      text: changes.reduce((now, [from, to]) => {
        expect(now).toMatch(from);
        return now.replaceAll(from, to);
      }, text),
    },
  };
};

/** What had to be assumed. */
export const fieldsOf = ({ assumed }: Explanation): readonly string[] =>
  [...new Set(assumed.map(({ field }) => field))].toSorted();
