import { Command, CommanderError } from 'commander';
import { readFileSync } from 'node:fs';
import { InputError } from '../kernel/inputError.ts';
import { checkCommand } from './check.ts';
import { conformCommand } from './conform.ts';
import { diffCommand } from './diff.ts';
import { docsCommand } from './docs.ts';
import { explainCommand } from './explain.ts';
import { exploreCommand } from './explore.ts';
import { huntCommand } from './hunt.ts';
import { historyCommand } from './history.ts';
import { kernelsCommand } from './kernels.ts';
import { litmusCommand } from './litmus.ts';
import { checkOutput, tell, watchOutput } from './output.ts';
import { replayCommand } from './replay.ts';

/** The package's version, from the package.json above the sources or above the built files. */
function version(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const { name, version: found } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        readonly name?: string;
        readonly version?: string;
      };
      if (name === 'kswapd-spec' && found !== undefined) return found;
    } catch {
      // It is the other one.
    }
  }
  return 'unknown';
}

const HELP = `
Start here:
  kswapd-spec check                  check v4.0's kswapd on random machines
  kswapd-spec hunt --time 10m        hunt for counterexamples on all cores
  kswapd-spec explain                why does this machine's kswapd (not) sleep?
  kswapd-spec conform FILE...        compare the model with recorded answers
  kswapd-spec replay ID              look at a saved counterexample again
  kswapd-spec explore                visit every state of a small machine
  kswapd-spec kernels                what did each kernel change, and why?
  kswapd-spec diff v4.0 v4.19        where do two kernels decide differently?
  kswapd-spec history                find the bugs of twenty years again
  kswapd-spec litmus                 the textbook cases, on all kernels
  kswapd-spec docs                   write the specification as linked pages`;

function program(): Command {
  return new Command('kswapd-spec')
    .description('The executable specification of Linux page reclaim.')
    .version(version())
    .addCommand(checkCommand())
    .addCommand(huntCommand())
    .addCommand(replayCommand())
    .addCommand(explainCommand())
    .addCommand(exploreCommand())
    .addCommand(diffCommand())
    .addCommand(conformCommand())
    .addCommand(historyCommand())
    .addCommand(litmusCommand())
    .addCommand(kernelsCommand())
    .addCommand(docsCommand())
    .addHelpText('after', HELP)
    .showHelpAfterError('(kswapd-spec --help lists what can be asked)');
}

const everyCommand = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(everyCommand)];

/** Runs the command line. Unusable input and bad usage are told on standard error and exit with 2. */
async function main(argv: readonly string[]): Promise<void> {
  const root = program();
  for (const command of everyCommand(root)) command.exitOverride();
  try {
    await root.parseAsync(argv);
  } catch (error) {
    if (error instanceof InputError) {
      tell(error);
      process.exitCode = 2;
    } else if (error instanceof CommanderError) {
      // Commander has said what is wrong; help and version are no errors.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      checkOutput(error);
      throw error;
    }
  }
}

watchOutput();
await main(process.argv);
