import { Command } from 'commander';
import { existsSync } from 'node:fs';
import pc from 'picocolors';
import { placeOf } from '../kernel/files.ts';
import { InputError } from '../kernel/inputError.ts';
import { kernels, v4_0, type Kernel, type Scenario } from '../model/index.ts';
import type { Property } from '../properties/index.ts';
import {
  renderCase,
  renderFailure,
  renderGiven,
  renderProperty,
  renderSteps,
  watchJudged,
} from '../report/counterexample/index.ts';
import { replay, replayExitCode, replayJson, verdictText, type Replayed } from '../report/replay.ts';
import { writeLines } from '../report/writer.ts';
import { SAVED_FOLDER } from '../search/atHand.ts';
import { compactJson } from '../search/compactJson.ts';
import { propertyNamed, readSavedCase, type SavedCase } from '../search/savedCase.ts';
import { withRulesAsync } from './kernel/guard.ts';
import { chooseKernel, isBelowHere, KERNEL_HELP, kernelOption } from './kernel/option.ts';
import { showLasso } from './replayLasso.ts';
import { caseFile } from './replayTarget.ts';
import { stepThrough } from './stepThrough.ts';

interface Options {
  readonly kernel?: string;
  readonly step?: true;
  readonly json?: true;
}

const HELP = `
FILE is a saved case, or a line of loop vectors as a file; it may be gzipped, and \`-\` is standard input.
ID is the name of a case under .kswapd-spec/, or the id of a property: of its saved cases the last, or else the
kept witness of its known failure. A run that goes on for ever is run until it comes back to the same state.
${KERNEL_HELP}

Exit code: 0 it behaves as specified (a known failure fails), 1 an unexpected counterexample still fails,
           2 bad usage or input, 4 a known failure no longer fails.

Examples:
  kswapd-spec replay .kswapd-spec/sleep-only-when-balanced-1a2b3c4d.json
  kswapd-spec replay a-request-is-recorded --step
  kswapd-spec replay case.json --json`;

/** `kswapd-spec replay`: a saved case, run and judged again. Cases are looked for by name in the folder. */
export function replayCommand(folder: string = SAVED_FOLDER): Command {
  return new Command('replay')
    .summary('run a saved counterexample again, and show it')
    .description('Runs a saved case again, shows what happens, and says whether it still fails.')
    .argument('<case>', 'a file, or the id of a saved case or a property')
    .addOption(kernelOption('the kernel to run (default: the one that the case names)'))
    .option('--step', 'show every step with all that it changes; at a terminal, one after the other')
    .option('--json', 'write the verdict and the steps as JSON')
    .addHelpText('after', HELP)
    .action(async (name: string, options: Options) => {
      const asked = options.kernel === undefined ? undefined : (await chooseKernel(options.kernel)).kernel;
      const file = caseFile(name, asked?.base ?? v4_0.name, folder);
      const saved = readSavedCase(file);
      const kernel = asked ?? (await kernelOf(saved, file));
      await withRulesAsync(kernel, placeOf(file), async () => {
        if (saved.loop !== undefined) {
          process.exitCode = await showLasso(saved, kernel, { ...options, where: placeOf(file) });
          return;
        }
        const replayed = replay(saved, kernel, propertyOf(saved, file));
        if (options.json === true) await writeLines(process.stdout, [compactJson(replayJson(replayed))]);
        else await show(replayed, options.step === true);
        process.exitCode = replayExitCode(replayed);
      });
    });
}

/** The kernel that a case names: one that is specified here, or the user's own, from the file that it was in. */
async function kernelOf({ kernel, kernelFile }: SavedCase, where: string): Promise<Kernel> {
  if (kernelFile === undefined && Object.hasOwn(kernels, kernel)) return kernels[kernel]!;
  if (kernelFile !== undefined && isBelowHere(kernelFile) && existsSync(kernelFile)) {
    return (await chooseKernel(kernelFile)).kernel;
  }
  throw new InputError({
    what: `is a case of the kernel ${kernel}`,
    where,
    expected:
      kernelFile === undefined ? `one of ${Object.keys(kernels).join(', ')}` : `its file ${kernelFile} below here`,
    hint: 'choose a kernel, or its file, with --kernel',
  });
}

function propertyOf({ property: id }: SavedCase, where: string): Property | undefined {
  const property = propertyNamed(id);
  if (id === undefined || property !== undefined) return property;
  throw new InputError({
    what: `names a property ${id}, which is not known here`,
    where,
    hint: 'kswapd-spec check --list shows all ids; without a property the case is only run',
  });
}

async function show(replayed: Replayed, step: boolean): Promise<void> {
  const style = { colors: pc.isColorSupported };
  const { saved, kernel, failure } = replayed;
  const shown = { ...replayed, kind: saved.kind, given: saved.given };
  const head = [pc.bold(`${saved.id}, run by ${kernel.name}`), ''];
  const verdict = verdictText(replayed, style);
  if (!step || saved.kind !== 'scenario') {
    await writeLines(process.stdout, [...head, renderCase(shown, style), '', verdict]);
    return;
  }
  const said = replayed.property === undefined ? [] : [renderProperty(replayed.property, kernel, style), ''];
  await writeLines(process.stdout, [...head, ...said, renderGiven(shown, style), '']);
  const { run, failedStep } = watchJudged(kernel, saved.given as Scenario, replayed.property, failure);
  const steps = renderSteps(run, style, failedStep);
  if (process.stdin.isTTY && process.stdout.isTTY) await stepThrough(steps, process.stdin, process.stdout);
  else await writeLines(process.stdout, steps);
  const clause = failure === undefined ? [] : ['', renderFailure(failure, style)];
  await writeLines(process.stdout, [...clause, '', verdict]);
}
