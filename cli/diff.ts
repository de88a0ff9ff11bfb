import { Command, Option } from 'commander';
import { randomInt } from 'node:crypto';
import pc from 'picocolors';
import { InputError } from '../kernel/inputError.ts';
import { kernels as specified, type Kernel } from '../model/index.ts';
import { diffJson } from '../report/diff/json.ts';
import type { Pair } from '../report/diff/show.ts';
import { diffLines } from '../report/diff/text.ts';
import { writeLines } from '../report/writer.ts';
import { SAVED_FOLDER } from '../search/atHand.ts';
import { comparisons, ruleOf, type Comparison } from '../search/diff/comparisons.ts';
import { diffLoop } from '../search/diff/loop.ts';
import { DIFF_RUNS, type DiffPlan } from '../search/diff/plan.ts';
import { differs, type Diff } from '../search/diff/result.ts';
import { diffRules } from '../search/diff/rules.ts';
import { writeSavedCase } from '../search/savedCase.ts';
import { withRules } from './kernel/guard.ts';
import { chooseKernel, KERNEL_HELP } from './kernel/option.ts';
import { layoutFromFile } from './layout.ts';
import { positiveCount, seedNumber, timeSpan } from './options.ts';
import { makeStatusLine } from './progress.ts';

interface Options {
  readonly rule?: string;
  readonly loop?: true;
  readonly runs?: number;
  readonly time?: number;
  readonly seed?: number;
  readonly layout?: string;
  readonly save?: true;
  readonly json?: true;
}

const HELP = `
Draws states, asks both kernels, makes every difference small, and groups them by the clause that differs: the innermost
rule that both asked alike and answered differently, and what decided it. ▸ marks a rule that decides by itself: had it
answered otherwise, so would the kernel. What a rule looked at stands below it.
Without --rule and --loop: every rule, and whole runs. Without --runs or --time: ${DIFF_RUNS.question} states,
${DIFF_RUNS.setup} set-ups and ${DIFF_RUNS.scenario} runs.
${KERNEL_HELP}
A rule is one of ${comparisons.map(({ rules }) => rules[0]).join(', ')}.

Exit code: 0 no difference was found, 1 the kernels differ, 2 bad usage or input.

Examples:
  kswapd-spec diff v4.0 v4.19
  kswapd-spec diff v4.0 v4.19 --rule pgdatBalanced --seed 7
  kswapd-spec diff v4.19 v5.9 --loop --time 30s --layout /proc/zoneinfo
  kswapd-spec diff v4.0 v5.9 --rule wakeupKswapd --json`;

/** `kswapd-spec diff`: the states and runs in which two kernels decide differently. */
export function diffCommand(): Command {
  return new Command('diff')
    .summary('find where two kernels decide differently')
    .description('Finds the smallest states and runs in which two kernels decide differently, and says why each does.')
    .argument('<first>', 'a kernel: a name, or a file that exports one')
    .argument('<second>', 'the kernel to compare it with')
    .addOption(new Option('--rule <rule>', 'compare this rule only').conflicts('loop'))
    .option('--loop', 'compare whole runs only, by the first decision that differs')
    .addOption(new Option('--runs <n>', 'cases of each kind to draw').argParser(positiveCount).conflicts('time'))
    .addOption(new Option('--time <span>', 'search for so long instead, such as 30s').argParser(timeSpan))
    .option('--seed <n>', 'draw the same cases again', seedNumber)
    .option('--layout <zoneinfo>', 'draw machines with the zones of this /proc/zoneinfo')
    .option('--save', 'save every smallest case under .kswapd-spec/, for replay')
    .option('--json', 'report as JSON')
    .addHelpText('after', HELP)
    .action(async (first: string, second: string, options: Options) => {
      const kernels = await choosePair(first, second);
      const chosen = chooseComparisons(kernels, options);
      const own = kernels.find((kernel) => specified[kernel.name] !== kernel) ?? kernels[0];
      const diff = withRules(own, 'diff', () => search(kernels, chosen, options));
      const exitCode = differs(diff) ? 1 : 0;
      const savedAs = options.save === true ? saveAll(kernels, diff) : new Map<object, string>();
      const only = options.rule !== undefined || options.loop === true;
      const style = { colors: pc.isColorSupported, width: process.stdout.columns ?? 100 };
      const shown = { kernels, asked: [first, second] as const, diff, only, savedAs };
      await writeLines(
        process.stdout,
        options.json === true
          ? [JSON.stringify(diffJson(kernels, diff, exitCode), undefined, 2)]
          : diffLines(shown, style),
      );
      process.exitCode = exitCode;
    });
}

/** The two kernels; one from a file that goes by the name of the other is told apart by its file. */
async function choosePair(first: string, second: string): Promise<Pair> {
  const a = await chooseKernel(first);
  const b = await chooseKernel(second);
  if (a.kernel.name !== b.kernel.name || first === second) return [a.kernel, b.kernel];
  const named = ({ kernel, file }: typeof a): Kernel =>
    file === undefined ? kernel : { ...kernel, name: `${kernel.name} of ${file}` };
  return [named(a), named(b)];
}

/** The rules to compare: the one that was named, all of them, or none if runs are to be compared. */
function chooseComparisons(kernels: Pair, { rule, loop }: Options): readonly Comparison[] {
  if (loop === true) return [];
  if (rule === undefined) return comparisons;
  const where = `diff --rule ${rule}`;
  const comparison = comparisons.find(({ rules }) => rules.some((name) => name === rule));
  if (comparison === undefined) {
    throw new InputError({
      what: 'there is no such rule, or it is not one to ask about a state',
      where,
      expected: `one of ${comparisons.map(({ rules }) => rules[0]).join(', ')}`,
    });
  }
  const without = kernels.find((kernel) => ruleOf(kernel, comparison) === undefined);
  if (without === undefined) return [comparison];
  throw new InputError({ what: `${without.name} has no such rule`, where, expected: 'a rule that both kernels have' });
}

function search(kernels: Pair, chosen: readonly Comparison[], options: Options): Diff {
  const { runs, time, layout, rule } = options;
  const status = makeStatusLine();
  const withLoop = rule === undefined;
  const share = withLoop && chosen.length > 0 ? 2 : 1;
  const seed = options.seed ?? randomInt(2 ** 31);
  const plan: DiffPlan = {
    first: kernels[0],
    second: kernels[1],
    seed,
    ...(runs === undefined ? {} : { runs }),
    ...(time === undefined ? {} : { time: time / share }),
    ...(layout === undefined ? {} : { layout: layoutFromFile(layout) }),
    onProgress: (what) => status.show(() => what),
  };
  const rules = diffRules(plan, chosen);
  const loop = withLoop ? diffLoop(plan) : undefined;
  status.clear();
  return { seed, rules, ...(loop && { loop }) };
}

/** Saves the smallest case of every clause. */
function saveAll(kernels: Pair, { seed, rules, loop }: Diff): ReadonlyMap<object, string> {
  const named = [
    ...rules.flatMap(({ first, groups }) => groups.map((group) => ({ of: first as string, group }))),
    ...(loop?.groups ?? []).map((group) => ({ of: 'loop', group })),
  ];
  return new Map(
    named.map(({ of, group }) => [
      group,
      writeSavedCase(SAVED_FOLDER, {
        id: `${of}-${kernels.map(({ name }) => name).join('-')}`,
        kernel: kernels[0].name,
        clause: group.clause.parting === undefined ? of : `${of} differs by ${group.clause.parting}`,
        seed,
        given: group.witness,
      }),
    ]),
  );
}
