import { Command, Option } from 'commander';
import { randomInt } from 'node:crypto';
import pc from 'picocolors';
import { v4_0, type Kernel } from '../model/index.ts';
import { FAMILIES, type Property } from '../properties/index.ts';
import { githubReporter } from '../report/check/github.ts';
import { jsonReporter } from '../report/check/json.ts';
import { junitReporter } from '../report/check/junit.ts';
import { prettyReporter } from '../report/check/pretty.ts';
import type { CheckReporter } from '../report/check/reporter.ts';
import { renderCounterexample, shellWord } from '../report/counterexample/index.ts';
import { writeLines } from '../report/writer.ts';
import { casesAtHand, savedCases, saveCounterexample, saveThrown } from '../search/atHand.ts';
import { check, DEFAULT_RUNS } from '../search/check.ts';
import { exitCodeOf, type PropertyResult } from '../search/result.ts';
import { ThrewOnCase } from '../search/threw.ts';
import { ruleError } from './kernel/guard.ts';
import { chooseKernel, KERNEL_HELP, kernelOption, type ChosenKernel } from './kernel/option.ts';
import { layoutFromFile } from './layout.ts';
import { positiveCount, seedNumber, spanText, timeSpan } from './options.ts';
import { makeStatusLine } from './progress.ts';
import { chooseProperties, madeOf, ofKernel } from './suite.ts';

const REPORTERS = ['pretty', 'json', 'junit', 'github'] as const;

interface Options {
  readonly kernel: string;
  readonly runs?: number;
  readonly time?: number;
  readonly seed?: number;
  readonly layout?: string;
  readonly reporter: (typeof REPORTERS)[number];
  readonly list?: true;
}

const HELP = `
PROPERTY is the id of a property or the name of a family (${FAMILIES.join(', ')}); --list shows all.
Without --runs or --time: ${DEFAULT_RUNS.scenario} runs of kswapd, ${DEFAULT_RUNS.question} questions about states,
and ${DEFAULT_RUNS.setup} set-ups.
${KERNEL_HELP} What is expected of it is what is expected of the kernel that it
is made from.
With --layout, kinds of case that those zones rule out do not make a property vacuous.
A counterexample is saved under .kswapd-spec/ and tried first by the next check.

Exit code: 0 all as specified, 1 an unexpected counterexample, 2 bad usage or input,
           3 a vacuous property, 4 a known failure that no longer fails.

Examples:
  kswapd-spec check
  kswapd-spec check --kernel ./my-patch.ts
  kswapd-spec check sleep a-request-is-recorded --time 30s
  kswapd-spec check --layout /proc/zoneinfo --seed 7 --reporter json`;

/** `kswapd-spec check`: the properties of a kernel on random machines. */
export function checkCommand(): Command {
  return new Command('check')
    .summary('check a kernel’s properties on random machines')
    .description('Checks what the kernel promises on random machines; finds and shrinks counterexamples.')
    .argument('[property...]', 'what to check: ids or families; everything if left out')
    .addOption(kernelOption('the kernel to check').default(v4_0.name, v4_0.name))
    .addOption(new Option('--runs <n>', 'cases of each kind to draw').argParser(positiveCount).conflicts('time'))
    .addOption(new Option('--time <span>', 'search for so long instead, such as 30s').argParser(timeSpan))
    .option('--seed <n>', 'draw the same cases again', seedNumber)
    .option('--layout <zoneinfo>', 'draw machines with the zones of this /proc/zoneinfo')
    .addOption(new Option('--reporter <kind>', 'how to report').choices(REPORTERS).default('pretty'))
    .option('--list', 'list the properties, and check nothing')
    .addHelpText('after', HELP)
    .action(async (names: readonly string[], options: Options) => {
      const named = chooseProperties(names, 'check');
      const kernel = await chooseKernel(options.kernel);
      if (options.list === true) return writeLines(process.stdout, listLines(named, kernel.kernel));
      const chosen = ofKernel(named, kernel.kernel, { names, command: 'check' });
      process.exitCode = runCheck({ names, chosen, ...kernel, options });
    });
}

function* listLines(chosen: readonly Property[], kernel: Kernel): Generator<string> {
  for (const { id, family, title, verdicts } of chosen) {
    const verdict = verdicts[kernel.base];
    const note = verdict === undefined ? ` (not asked of ${kernel.base})` : verdict.holds ? '' : ' (known to fail)';
    yield `${family.padEnd(11)} ${id.padEnd(43)} ${title}${note}`;
  }
}

function reporterOf({ reporter }: Options, kernel: Kernel): CheckReporter {
  switch (reporter) {
    case 'json':
      return jsonReporter();
    case 'junit':
      return junitReporter();
    case 'github':
      return githubReporter();
    case 'pretty':
      return prettyReporter(pc.isColorSupported, ({ property, counterexample }, savedAs) =>
        renderCounterexample(
          {
            property,
            kernel,
            given: counterexample!.given,
            failure: counterexample!.failure,
            ...(savedAs === undefined ? {} : { savedAs }),
          },
          { colors: pc.isColorSupported },
        ),
      );
  }
}

/** A check that was asked for. */
interface Search extends ChosenKernel {
  /** The ids and families as they were given. */
  readonly names: readonly string[];
  readonly chosen: readonly Property[];
  readonly options: Options;
}

/** The options that make the same search again. */
function againOf({ names, options }: Search, seed: number): string {
  const { kernel, runs, time, layout } = options;
  const words = [...names];
  if (kernel !== v4_0.name) words.push('--kernel', shellWord(kernel));
  if (runs !== undefined) words.push('--runs', String(runs));
  if (time !== undefined) words.push('--time', spanText(time));
  if (layout !== undefined) words.push('--layout', shellWord(layout));
  return [...words, '--seed', String(seed)].join(' ');
}

function runCheck(search: Search): number {
  const { chosen, kernel, file, options } = search;
  const { runs, time } = options;
  const layout = options.layout === undefined ? undefined : layoutFromFile(options.layout);
  const seed = options.seed ?? randomInt(2 ** 31);
  const found = { kernel, seed, ...(file === undefined ? {} : { kernelFile: file }) };
  const reporter = reporterOf(options, kernel);
  const saved = savedCases();
  for (const { message } of saved.unusable) {
    process.stderr.write(`${pc.yellow('warning:')} a saved case cannot be used, and is left as it is. ${message}\n`);
  }
  const atHand = new Map(chosen.map((property) => [property, casesAtHand(property, kernel, saved.cases)]));
  const status = makeStatusLine();
  const start = performance.now();
  const write = (text: string) => {
    status.clear();
    if (text !== '') process.stdout.write(text);
  };
  const summary = { kernel: kernel.name, seed, ...(file === undefined ? {} : { made: madeOf(kernel) }) };

  write(reporter.start?.(summary, chosen.length) ?? '');
  const results = telling(found, () =>
    check({
      kernel,
      properties: chosen,
      seed,
      ...(runs === undefined ? {} : { runs }),
      ...(time === undefined ? {} : { time }),
      ...(layout === undefined ? {} : { layout }),
      first: (property) => atHand.get(property)!,
      onProgress: (done, of, kind) => {
        status.show(() => `${kind}s: ${done.toLocaleString('en-US')}${time === undefined ? ` of ${of}` : ''}`);
      },
      onResult: (result: PropertyResult) => {
        const savedAs = result.outcome === 'counterexample' ? saveCounterexample(result, found) : undefined;
        write(reporter.result?.(result, savedAs) ?? '');
      },
    }),
  );
  const exitCode = exitCodeOf(results);
  const ms = performance.now() - start;
  write(reporter.end({ ...summary, again: againOf(search, seed), results, exitCode, ms }));
  return exitCode;
}

/** Searches; what a rule of a user's kernel throws is told with the case, which is saved. */
function telling<T>(found: Parameters<typeof saveThrown>[1], search: () => T): T {
  try {
    return search();
  } catch (error) {
    if (!(error instanceof ThrewOnCase)) throw error;
    if (found.kernelFile === undefined) throw error.cause;
    const path = saveThrown(error, found);
    const hint = `the case is saved: npx kswapd-spec replay ${shellWord(path)}`;
    throw ruleError(found.kernel, found.kernelFile, error.cause, hint);
  }
}
