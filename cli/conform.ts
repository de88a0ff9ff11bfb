import { Command, InvalidArgumentError } from 'commander';
import type { Kernel } from '../model/index.ts';
import { answersOf, CaseThrew, conformFile, type FileReport } from '../kernel/vectors/conform.ts';
import { describeFile, describeTotals, totals } from '../report/conform.ts';
import { writeLines } from '../report/writer.ts';
import { ruleError } from './kernel/guard.ts';
import { chooseKernel, KERNEL_HELP, kernelOption } from './kernel/option.ts';
import { makeProgress } from './progress.ts';

interface Options {
  readonly kernel?: string;
  readonly show: number;
  readonly print?: true;
  readonly json?: true;
}

const HELP = `
Vectors are JSON Lines, plain or gzipped, one case a line; \`-\` is standard input.
${KERNEL_HELP}
Exit code: 0 all cases agree, 1 some differ, 2 unusable input.

Examples:
  kswapd-spec conform loops.jsonl.gz predicates.jsonl.gz
  kswapd-spec conform --print cases.jsonl > answers.jsonl`;

/** `kswapd-spec conform`: recorded cases of the real kernel against the model. */
export function conformCommand(): Command {
  return new Command('conform')
    .summary('compare the model with what the real kernel answered')
    .description('Runs conformance vectors through the model and compares its answers with the recorded ones.')
    .argument('<file...>', 'vector files')
    .option('--show <n>', 'how many differing cases of each file to show', wholeNumber, 3)
    .addOption(kernelOption('ask this kernel (default: the one that each case names)'))
    .option('--print', 'write the model’s own answers as JSON Lines, and compare nothing')
    .option('--json', 'report as JSON')
    .addHelpText('after', HELP)
    .action(async (files: readonly string[], options: Options) => {
      const kernel = options.kernel === undefined ? undefined : (await chooseKernel(options.kernel)).kernel;
      try {
        await (options.print === true ? print(files, kernel) : compare(files, options, kernel));
      } catch (error) {
        if (!(error instanceof CaseThrew)) throw error;
        throw kernel === undefined ? error.cause : ruleError(kernel, error.where, error.cause);
      }
    });
}

async function print(files: readonly string[], kernel: Kernel | undefined): Promise<void> {
  await writeLines(process.stdout, answerLines(files, kernel));
}

function* answerLines(files: readonly string[], kernel: Kernel | undefined): Generator<string> {
  for (const file of files) {
    const progress = makeProgress(file);
    try {
      for (const { id, got } of answersOf(file, kernel, progress.tick)) yield JSON.stringify({ id, ...got });
    } finally {
      progress.clear();
    }
  }
}

async function compare(files: readonly string[], { show, json }: Options, kernel: Kernel | undefined): Promise<void> {
  const reports: FileReport[] = [];
  for (const file of files) {
    const progress = makeProgress(file);
    let report: FileReport;
    try {
      report = conformFile(file, kernel, progress.tick);
    } finally {
      progress.clear();
    }
    reports.push(report);
    if (json !== true) await writeLines(process.stdout, [describeFile(report, show), '']);
  }
  const { cases, agree } = totals(reports);
  await writeLines(process.stdout, [
    json === true ? JSON.stringify({ cases, agree, files: reports }, undefined, 2) : describeTotals(reports),
  ]);
  if (agree < cases) process.exitCode = 1;
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number, such as 3.');
}
