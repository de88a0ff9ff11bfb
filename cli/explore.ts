import { Command, InvalidArgumentError, Option } from 'commander';
import pc from 'picocolors';
import { InputError } from '../kernel/inputError.ts';
import { isWholeScope, type AnyScope } from '../kernel/schema/wholeScope.ts';
import { v4_0, type Kernel } from '../model/index.ts';
import { counted } from '../report/counterexample/style.ts';
import { renderCase, renderCounterexample, shellWord } from '../report/counterexample/index.ts';
import { explorationJson } from '../report/explore/json.ts';
import { renderLasso } from '../report/explore/lasso.ts';
import { explorationText, headText } from '../report/explore/text.ts';
import { verdictText } from '../report/explore/verdict.ts';
import { writeLines } from '../report/writer.ts';
import { SAVED_FOLDER } from '../search/atHand.ts';
import { compactJson } from '../search/compactJson.ts';
import { explore } from '../search/explore/explore.ts';
import {
  exploreExitCode,
  type Exploration,
  type ExploredEventually,
  type ExploredProperty,
} from '../search/explore/result.ts';
import { largeScopes, readScope, scopePath, shippedScopes } from '../search/explore/scopeFile.ts';
import { writeSavedCase } from '../search/savedCase.ts';
import { askedIn, DEFAULT_SCOPE, judgedIn, type Judged } from './explore/asked.ts';
import { threads } from './explore/pool.ts';
import { progressTexts } from './explore/progress.ts';
import { withRulesAsync } from './kernel/guard.ts';
import { chooseKernel, KERNEL_HELP, kernelOption, type ChosenKernel } from './kernel/option.ts';
import { timeSpan, workerCount } from './options.ts';
import { makeStatusLine } from './progress.ts';

interface Options {
  readonly kernel?: string;
  readonly property?: readonly string[];
  readonly sometimes?: string;
  readonly time?: number;
  readonly memory?: number;
  readonly workers: number;
  readonly checkpoint?: string;
  readonly json?: true;
  readonly list?: true;
}

const HELP = `
SCOPE is a file, or the name of a scope that comes with it; --list shows them. A scope is a machine so small that
every one of its states can be visited: its zones, and what its environment may do. docs/scopes.md tells how one is
written.
${KERNEL_HELP}
A counterexample is a shortest one; one that goes on for ever is told as what leads there and what goes round. It is
saved under .kswapd-spec/, and kswapd-spec replay shows it again. Known failures are shown if --property names them.

Exit code: 0 all as specified, 1 an unexpected counterexample, 2 bad usage or input,
           3 what --property names was not judged, or something is not decided,
           5 cut off by --time before all was looked into: with --checkpoint the same command goes on from there,
             and what cannot be left half done is done to its end.

Examples:
  kswapd-spec explore one-zone
  kswapd-spec explore one-zone --kernel v5.9 --json
  kswapd-spec explore two-zones --property sleep-only-when-balanced,kswapd-left-alone-sleeps
  kswapd-spec explore ./my-scope.json --kernel ./my-patch.ts --property sleep-only-when-balanced`;

/** `kswapd-spec explore`: every state of a small machine. */
export function exploreCommand(): Command {
  return new Command('explore')
    .summary('visit every state of a small machine')
    .description('Visits every state that a small machine can come to, and judges every step.')
    .argument('[scope]', `a file, or the name of a scope that comes with it (default: ${DEFAULT_SCOPE})`)
    .addOption(kernelOption('the kernel to explore; the first that the scope is meant for if left out'))
    .option(
      '--property <id...>',
      'the properties to judge, also with commas; all that the scope has cases of if left out',
    )
    .option('--sometimes <what>', 'show a shortest way to something that happens, such as "sleep to takeRequest"')
    .addOption(new Option('--time <span>', 'stop after so long, such as 30s').argParser(timeSpan))
    .addOption(
      new Option('--memory <size>', 'most memory for states, such as 500M or 2G; more lie in files').argParser(
        memorySize,
      ),
    )
    .addOption(new Option('--workers <n>', 'threads that work on it').argParser(workerCount).default(1))
    .option('--checkpoint <file>', 'go on from this file, and save the exploration in it on the way')
    .option('--json', 'write the result as JSON')
    .option('--list', 'list the scopes that come with it, and explore nothing')
    .addHelpText('after', HELP)
    .action(async (given: string | undefined, options: Options) => {
      if (options.list === true) return writeLines(process.stdout, listLines());
      const { scope: name, ids } = askedIn(given, options.property);
      const scope = readScope(scopePath(name));
      const chosen = await chooseKernel(options.kernel ?? scope.kernels?.[0] ?? v4_0.name);
      checkMeant(scope, chosen.kernel, name);
      const judged = judgedIn(scope, chosen.kernel, ids);
      await withRulesAsync(chosen.kernel, name, () => runExplore(scope, chosen, judged, options));
    });
}

function* listLines(): Generator<string> {
  for (const [name, path] of [...shippedScopes(), ...largeScopes()]) {
    const { title, covers, kernels } = readScope(path);
    yield `${name.padEnd(24)} ${title}${kernels === undefined ? '' : ` (${kernels.join(', ')})`}`;
    yield `${' '.repeat(24)} ${covers}`;
  }
}

/** An amount of memory such as 500M, in bytes. */
function memorySize(text: string): number {
  const [, amount, unit] = /^(\d{1,6}(?:\.\d+)?)([KMG])$/.exec(text) ?? [];
  const power = ['K', 'M', 'G'].indexOf(unit ?? '') + 1;
  if (amount !== undefined && power > 0 && Number(amount) > 0) return Number(amount) * 2 ** (10 * power);
  throw new InvalidArgumentError('expected a size such as 500M or 2G.');
}

function checkMeant({ kernels }: AnyScope, { base }: Kernel, where: string): void {
  if (kernels === undefined || kernels.includes(base)) return;
  throw new InputError({ what: `is not meant for ${base}`, where, expected: `one of ${kernels.join(', ')}` });
}

async function runExplore(
  scope: AnyScope,
  chosen: ChosenKernel,
  judged: Judged,
  { property: asked, sometimes, time, memory, workers, checkpoint, json }: Options,
): Promise<void> {
  const { kernel } = chosen;
  const style = { colors: pc.isColorSupported };
  if (json !== true) await writeLines(process.stdout, [headText({ kernel, scope }, style.colors)]);
  const status = makeStatusLine();
  const progressText = progressTexts();
  const pool =
    workers === 1
      ? undefined
      : threads(workers, {
          kernel: chosen.file ?? kernel.name,
          scope,
          properties: judged.properties.map(({ id }) => id),
        });
  const exploration = await explore({
    kernel,
    scope,
    ...judged,
    ...(pool === undefined ? {} : { helpers: pool }),
    ...(checkpoint === undefined ? {} : { checkpoint }),
    ...(chosen.digest === undefined ? {} : { digest: chosen.digest }),
    ...(time === undefined ? {} : { time }),
    ...(memory === undefined ? {} : { memory }),
    folder: SAVED_FOLDER,
    onSpill: () => {
      status.clear();
      process.stderr.write(SPILLS);
    },
    onProgress: (counts, ms) => status.show(() => progressText(counts, ms)),
  });
  status.clear();
  await pool?.close();
  const ids = asked === undefined ? [] : [...judged.properties, ...judged.eventually].map(({ id }) => id);
  process.exitCode = exploreExitCode(exploration, ids);
  const told = <T extends Told>(all: readonly T[]): readonly T[] =>
    all.filter(({ outcome }) => outcome === 'counterexample' || (asked !== undefined && outcome === 'known failure'));
  const stories = [
    ...told(exploration.properties).map((one) => story(one, chosen)),
    ...told(exploration.eventually).map((one) => lassoStory(one, chosen)),
    ...(sometimes === undefined ? [] : [witnessStory(exploration, sometimes, chosen)]),
  ];
  if (json === true) {
    await writeLines(process.stdout, [compactJson(explorationJson(exploration, process.exitCode))]);
    return;
  }
  const verdict = `\n${verdictText(exploration, ids)}`;
  await writeLines(process.stdout, [explorationText(exploration, style.colors), ...stories, verdict]);
}

/** Said once the memory that is allowed is full. */
const SPILLS = `There are more states than --memory has room for: they go on in files under ${SAVED_FOLDER}/.\n`;

type Told = Pick<ExploredProperty, 'outcome'>;

/** Saves a shortest way to something that happens, and tells it. */
function witnessStory(exploration: Exploration, name: string, { kernel, file }: ChosenKernel): string {
  const witness = exploration.witnessOf(name);
  if (witness === undefined) {
    const known = Object.values(exploration.coverage)
      .flat()
      .some((one) => one.name === name);
    if (known) return `\n${name}: never happens in this scope`;
    throw new InputError({
      what: `nothing is called ${name}`,
      where: '--sometimes',
      expected:
        'a way of kswapd (sleep to takeRequest), a record (compact), an answer (zoneReclaimable: no) or a clause ' +
        '(pgdatBalanced > zoneBalanced: no)',
      hint: '--json lists them all under coverage',
    });
  }
  const { given, moves } = witness;
  const savedAs = writeSavedCase(SAVED_FOLDER, {
    id: name,
    kernel: kernel.name,
    ...(file === undefined ? {} : { kernelFile: file }),
    given,
  });
  const kind = isWholeScope(exploration.scope) ? 'machine' : 'scenario';
  const text = renderCase({ kernel, kind, given }, { colors: pc.isColorSupported });
  const head = `${name}: after ${counted(moves, 'move')}`;
  return `\n${head}\n\n${text}\n\nreplay: npx kswapd-spec replay ${shellWord(savedAs)}`;
}

/** Saves a run that goes round for ever, and tells it. */
function lassoStory(found: ExploredEventually, { kernel, file }: ChosenKernel): string {
  const lasso = found.lasso!;
  const savedAs = writeSavedCase(SAVED_FOLDER, {
    id: found.property.id,
    kernel: kernel.name,
    ...(file === undefined ? {} : { kernelFile: file }),
    property: found.property.id,
    given: lasso.stem,
    loop: lasso.loop,
  });
  const text = renderLasso(found, kernel, { colors: pc.isColorSupported });
  return `\n${text}\n\nreplay: npx kswapd-spec replay ${shellWord(savedAs)}`;
}

/** Saves a counterexample, and tells it. */
function story({ property, counterexample }: ExploredProperty, { kernel, file }: ChosenKernel): string {
  const { given, failure } = counterexample!;
  const savedAs = writeSavedCase(SAVED_FOLDER, {
    id: property.id,
    kernel: kernel.name,
    ...(file === undefined ? {} : { kernelFile: file }),
    property: property.id,
    clause: failure.clause,
    given,
  });
  return `\n${renderCounterexample({ property, kernel, given, failure, savedAs }, { colors: pc.isColorSupported })}`;
}
