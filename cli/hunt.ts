import { Command, Option } from 'commander';
import { availableParallelism } from 'node:os';
import pc from 'picocolors';
import type { InputError } from '../kernel/inputError.ts';
import { v4_0 } from '../model/index.ts';
import { FAMILIES, type Property } from '../properties/index.ts';
import { renderCounterexample, shellWord } from '../report/counterexample/index.ts';
import { count } from '../report/check/reporter.ts';
import { huntJson } from '../report/hunt/json.ts';
import { huntText } from '../report/hunt/pretty.ts';
import { SAVED_FOLDER, savedCases, saveThrown } from '../search/atHand.ts';
import { huntBeginsWith } from '../search/hunt/atHand.ts';
import { hunt } from '../search/hunt/hunt.ts';
import type { FoundCase } from '../search/hunt/result.ts';
import { writeSavedCase } from '../search/savedCase.ts';
import { ThrewOnCase } from '../search/threw.ts';
import { againOf, resumeOf } from './hunt/again.ts';
import { chooseHunt } from './hunt/choose.ts';
import { untilInterrupted } from './hunt/interrupt.ts';
import { threads } from './hunt/pool.ts';
import { ruleError } from './kernel/guard.ts';
import { chooseKernel, KERNEL_HELP, kernelOption, type ChosenKernel } from './kernel/option.ts';
import { positiveCount, seedNumber, timeSpan, workerCount } from './options.ts';
import { makeStatusLine } from './progress.ts';
import { chooseProperties, madeOf, ofKernel } from './suite.ts';

interface Options {
  readonly kernel: string;
  readonly runs?: number;
  readonly time?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly resume?: true;
  readonly stats?: true;
  readonly json?: true;
}

const DEFAULT_TIME = 60_000;
/** As a shell says that a program was interrupted. */
const INTERRUPTED = 130;

const HELP = `
PROPERTY is the id of a property or the name of a family (${FAMILIES.join(', ')});
kswapd-spec check --list shows all.
A hunt begins with the cases that earlier searches saved and those that are kept, goes on with drawn ones, and then
changes those that reached something new, or drove what a property counts higher. Some batches leave kinds of event
away.
For a seed and a number of --runs its result is the same, however many workers there are. --runs does not count the
cases that it begins with, and is a total: with --resume, those that were run before are among them.
It keeps its corpus under ${SAVED_FOLDER}/hunt/, in a folder of its own for each kernel, properties and seed: hunts
with other seeds are left alone, and one that came further than is asked for is not begun again. Killed at any moment,
or stopped by Ctrl-C, it goes on with --resume and loses nothing; in a kernel of your own, while its file is the same.
Counterexamples are made small and saved as by check; known failures are counted, and do not end it.
${KERNEL_HELP}

Exit code: 0 no counterexample, 1 a counterexample, 2 bad usage or input, 130 interrupted.

Examples:
  kswapd-spec hunt
  kswapd-spec hunt --kernel v5.9 --time 10m --stats
  kswapd-spec hunt sleep requests --kernel ./my-patch.ts --workers 4
  kswapd-spec hunt --kernel v5.9 --time 8h --resume
  kswapd-spec hunt no-task-is-throttled-for-ever --runs 5000 --seed 7 --json`;

/** `kswapd-spec hunt`: looks for counterexamples for as long as it may. */
export function huntCommand(): Command {
  return new Command('hunt')
    .summary('hunt for counterexamples, guided by what each case reaches')
    .description('Hunts for counterexamples on all cores, guided by what each case reaches, and makes them small.')
    .argument('[property...]', 'what to hunt: ids or families; everything if left out')
    .addOption(kernelOption('the kernel to hunt in').default(v4_0.name, v4_0.name))
    .addOption(new Option('--time <span>', 'hunt for so long (default: 60s)').argParser(timeSpan))
    .addOption(
      new Option('--runs <n>', 'hunt for so many cases instead, beside those that it begins with')
        .argParser(positiveCount)
        .conflicts('time'),
    )
    .option('--seed <n>', 'hunt the same cases again', seedNumber)
    .option('--workers <n>', 'threads to hunt with (default: one a core)', workerCount)
    .option('--resume', 'go on with the last hunt for the same properties and kernel, or with that of --seed')
    .option('--stats', 'show how often each kind of case was met, and all that was never reached')
    .option('--json', 'write the result as JSON')
    .addHelpText('after', HELP)
    .action(async (names: readonly string[], options: Options) => {
      const named = chooseProperties(names, 'hunt');
      const chosen = await chooseKernel(options.kernel);
      const properties = ofKernel(named, chosen.kernel, { names, command: 'hunt' });
      process.exitCode = await runHunt({ names, ...chosen, properties, options });
    });
}

/** A hunt that was asked for. */
interface Asked extends ChosenKernel {
  readonly names: readonly string[];
  readonly properties: readonly Property[];
  readonly options: Options;
}

async function runHunt({ names, kernel, file, digest, properties, options }: Asked): Promise<number> {
  const { runs, time = runs === undefined ? DEFAULT_TIME : undefined, stats = false, json = false } = options;
  const quarry = {
    kernel: file ?? kernel.name,
    ...(digest === undefined ? {} : { digest }),
    properties: properties.map(({ id }) => id),
  };
  const { seed, store, others } = chooseHunt(quarry, options);
  if (others.length > 0)
    warn(`the hunt with seed ${seed} goes on, which was the last one; others: ${others.join(', ')}`);
  const words = { names, ...options, seed };
  const searched = { kernel, seed, ...(file === undefined ? {} : { kernelFile: file }) };
  const workers = threads(options.workers ?? availableParallelism(), quarry);
  const status = makeStatusLine();
  const write = (text: string): void => {
    status.clear();
    if (!json) process.stdout.write(text);
  };
  const interrupt = untilInterrupted();
  const start = performance.now();
  try {
    const result = await hunt({
      kernel,
      properties,
      seed,
      ...(runs === undefined ? {} : { runs }),
      ...(time === undefined ? {} : { time }),
      atHand: huntBeginsWith(kernel, properties, usableCases()),
      workers,
      store,
      resume: options.resume === true,
      stop: interrupt.signal,
      save: ({ id }, given, { clause }) =>
        writeSavedCase(SAVED_FOLDER, { ...searched, id, kernel: kernel.name, property: id, clause, given }),
      onUnusable: tellUnusable,
      onFound: (found) => write(`${foundText(found, kernel)}\n`),
      onProgress: (sums, corpus) =>
        status.show(() => `${count(sums.runs)} cases, ${count(corpus)} of them the first to reach something`),
    });
    const interrupted = interrupt.signal.aborted;
    const found = result.properties.some((one) => one.found !== undefined);
    const exitCode = interrupted ? INTERRUPTED : found ? 1 : 0;
    const summary = {
      kernel,
      ...(file === undefined ? {} : { made: madeOf(kernel) }),
      seed,
      next: interrupted
        ? ({ how: 'resume', options: resumeOf(words) } as const)
        : ({ how: 'again', options: againOf(words, result.drawn) } as const),
      result,
      exitCode,
      ms: performance.now() - start,
    };
    status.clear();
    process.stdout.write(json ? huntJson(summary) : huntText(summary, { colors: pc.isColorSupported, stats }));
    return exitCode;
  } catch (error) {
    if (!(error instanceof ThrewOnCase)) throw error;
    if (file === undefined) throw error.cause;
    const path = saveThrown(error, searched);
    throw ruleError(kernel, file, error.cause, `the case is saved: npx kswapd-spec replay ${shellWord(path)}`);
  } finally {
    status.clear();
    interrupt.ignore();
    await workers.close();
  }
}

/** The cases that earlier searches saved; those that cannot be used are told. */
function usableCases(): ReturnType<typeof savedCases>['cases'] {
  const { cases, unusable } = savedCases();
  for (const { message } of unusable) warn(`a saved case cannot be used, and is left as it is. ${message}`);
  return cases;
}

const warn = (text: string): boolean => process.stderr.write(`${pc.yellow('warning:')} ${text}\n`);

const tellUnusable = ({ message }: InputError): boolean => warn(`a part of the hunt cannot be used. ${message}`);

const ORIGINS: Readonly<Record<FoundCase['from'], string>> = {
  search: '',
  saved: 'A case saved by an earlier run fails still.\n',
  kept: 'Found from a case that is kept here.\n',
};

function foundText({ property, given, failure, from, savedAs }: FoundCase, kernel: ChosenKernel['kernel']): string {
  const shown = { property, kernel, given, failure, ...(savedAs === undefined ? {} : { savedAs }) };
  const head = `${pc.red('✗ COUNTEREXAMPLE')} ${property.id}\n${ORIGINS[from]}`;
  return `${head}\n${renderCounterexample(shown, { colors: pc.isColorSupported })}`;
}
