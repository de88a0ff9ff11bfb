import type { Scenario } from '../../model/index.ts';
import { runsPart } from '../../search/diff/decisions.ts';
import type { LoopClause } from '../../search/diff/loop.ts';
import type { Group } from '../../search/diff/grouping.ts';
import type { LoopDiff } from '../../search/diff/loop.ts';
import type { Diff, RuleDiff } from '../../search/diff/result.ts';
import { stretchOf } from '../../search/diff/stretch.ts';
import { explainAnswer, explainCase, explainedJson } from './explain.ts';
import type { Pair } from './show.ts';

function ruleJson(kernels: Pair, rule: RuleDiff): object {
  const { first, second, kind, same, asked, differ, elsewhere, groups, rare } = rule;
  const groupJson = ({ clause, cases, witness }: RuleDiff['groups'][number]): object => {
    const [a, b] = explainCase(kernels, rule, witness);
    return { clause, cases, case: witness, explained: { first: explainedJson(a), second: explainedJson(b) } };
  };
  return { first, second, kind, same, cases: asked, differ, elsewhere, groups: groups.map(groupJson), rare };
}

function loopJson(kernels: Pair, { asked, differ, groups, rare }: LoopDiff): object {
  const groupJson = ({ clause, cases, witness }: Group<LoopClause>): object => {
    const parts = runsPart(...kernels, witness as Scenario)!;
    const explained = (i: 0 | 1): object => ({
      decision: parts.made[i].decision,
      step: parts.made[i].step,
      calls: explainedJson(explainAnswer(kernels[i], stretchOf(parts.runs[i], parts.made[i]).ask)),
    });
    return { clause, cases, case: witness, explained: { first: explained(0), second: explained(1) } };
  };
  return { cases: asked, differ, groups: groups.map(groupJson), rare };
}

/**
 * A comparison for programs. `rules` has an entry a rule: its name in either kernel, the `kind` of its cases, whether
 * the functions are the `same` (then nothing was asked), the `cases` asked and how many `differ`; `elsewhere` counts
 * those that stand with another rule, `rare` those without a witness. A group has its `clause` (the rule that parts
 * the kernels, and for each the answer and the reasons), the number of its `cases`, the smallest `case` as `replay`
 * reads it, and what each kernel asked. `loop` has the same of whole runs. The same seed and number of runs give the
 * same bytes.
 */
export function diffJson(kernels: Pair, { seed, rules, loop }: Diff, exitCode: number): object {
  return {
    first: kernels[0].name,
    second: kernels[1].name,
    seed,
    exitCode,
    rules: rules.map((rule) => ruleJson(kernels, rule)),
    ...(loop === undefined ? {} : { loop: loopJson(kernels, loop) }),
  };
}
