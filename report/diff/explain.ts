import type { Kernel } from '../../model/index.ts';
import { seeThrough } from '../../search/diff/clause.ts';
import { record, type Call } from '../../search/diff/recorder.ts';
import type { RuleDiff } from '../../search/diff/result.ts';
import { askOf } from '../../search/diff/rules.ts';
import type { Case } from '../../shrinkers/index.ts';
import { callJson, callLines } from './callTree.ts';
import type { Pair } from './show.ts';

/** A question to a kernel, with every rule that it asked, what those looked at, and which of them decide. */
export interface Explained {
  readonly kernel: Kernel;
  readonly calls: readonly Call[];
  readonly decisive: ReadonlySet<number>;
}

/** Explains a kernel's answer by its own calls. */
export function explainAnswer(kernel: Kernel, ask: (k: Kernel) => unknown): Explained {
  const { decisive } = seeThrough(kernel, ask);
  return { kernel, calls: record(kernel, ask, { reads: true }).calls, decisive };
}

/** The explanation as lines. */
export const explainedLines = ({ kernel, calls, decisive }: Explained): readonly string[] => [
  ...callLines(kernel, calls, decisive),
];

/** The explanation for programs. */
export const explainedJson = ({ kernel, calls, decisive }: Explained): readonly object[] =>
  calls.map((call) => callJson(kernel, call, decisive));

/** Both kernels' explanations of a case of a rule. */
export function explainCase(kernels: Pair, rule: RuleDiff, witness: Case): readonly [Explained, Explained] {
  const ask = askOf(rule.comparison, witness);
  const explain = (kernel: Kernel): Explained => {
    const explained = explainAnswer(kernel, ask);
    // That the rule itself decides goes without saying.
    return { ...explained, decisive: new Set([...explained.decisive].filter((number) => number > 0)) };
  };
  return [explain(kernels[0]), explain(kernels[1])];
}
