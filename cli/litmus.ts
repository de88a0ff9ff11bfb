import { Command, Option } from 'commander';
import pc from 'picocolors';
import { bugs } from '../history/index.ts';
import { InputError } from '../kernel/inputError.ts';
import { kernels, type Kernel } from '../model/index.ts';
import { bugLitmusHead, bugLitmusJson, bugLitmusLines } from '../report/litmus/bugs.ts';
import { litmusHead, litmusLine, litmusText } from '../report/litmus/text.ts';
import { writeLines } from '../report/writer.ts';
import { runBug, tellsApart } from '../search/litmus/bugs.ts';
import { litmusCases, type Litmus } from '../search/litmus/litmus.ts';
import { runLitmus, type LitmusResult } from '../search/litmus/run.ts';
import { withRulesAsync } from './kernel/guard.ts';
import { chooseKernel, KERNEL_HELP, kernelOption } from './kernel/option.ts';

interface Options {
  readonly history?: true;
  readonly kernel?: string;
  readonly json?: true;
}

const HELP = `
A litmus case is a small run or question with a name for its shape, and asks whether a property fails: never,
sometimes or always, of all the ways in which its events may fall. With a NAME the case is shown and run; the
beginning of a name is enough. With --history the smallest cases of historical bugs are run instead, on the kernel
that has the bug, where it must happen always, and on the same one without it, where it must happen never; each with
what its shape is made of, and why it comes out so.
${KERNEL_HELP}

Exit code: 0 all come out as expected, 1 some do not, 2 bad usage or input.

Examples:
  kswapd-spec litmus
  kswapd-spec litmus --kernel ./my-patch.ts
  kswapd-spec litmus wakeup+nap --kernel v5.9
  kswapd-spec litmus --history`;

/** `kswapd-spec litmus`: the textbook cases, on all kernels. */
export function litmusCommand(): Command {
  return new Command('litmus')
    .summary('run the textbook cases on all kernels')
    .description('Runs small named cases, and says whether what they ask about happens never, sometimes or always.')
    .argument('[name]', 'show and run this one')
    .addOption(new Option('--history', 'run the smallest cases of historical bugs').conflicts('kernel'))
    .addOption(kernelOption('only this kernel, judged by what is expected of the one that it is made from'))
    .option('--json', 'write it as JSON')
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, options: Options) => {
      if (options.history === true) {
        await runBugs(name, options);
        return;
      }
      const chosen = options.kernel === undefined ? undefined : (await chooseKernel(options.kernel)).kernel;
      const run = async (): Promise<void> =>
        name === undefined ? runAll(chosen, options) : showOne(name, chosen, options);
      await (chosen === undefined ? run() : withRulesAsync(chosen, 'litmus', run));
    });
}

type Results = readonly (readonly [Kernel, LitmusResult | undefined])[];

const resultsOf = (litmus: Litmus, asked: readonly Kernel[]): Results =>
  asked.map((kernel) => [kernel, litmus.expect[kernel.base] && runLitmus(litmus, kernel)] as const) as Results;

const isWrong = ({ expect }: Litmus, results: Results): boolean =>
  results.some(([{ base }, result]) => result !== undefined && result.outcome !== expect[base]);

const litmusJson = ({ name, why, property, expect }: Litmus, results: Results): object => ({
  name,
  why,
  property: property.id,
  outcomes: results.flatMap(([kernel, result]) =>
    result === undefined
      ? []
      : [
          {
            kernel: kernel.name,
            expected: expect[kernel.base],
            outcome: result.outcome,
            ways: result.ways,
            happens: result.happens,
          },
        ],
  ),
});

async function runAll(chosen: Kernel | undefined, { json }: Options): Promise<void> {
  const style = { colors: pc.isColorSupported };
  const asked = chosen === undefined ? Object.values(kernels) : [chosen];
  const all = litmusCases().map((litmus) => ({ litmus, results: resultsOf(litmus, asked) }));
  const wrong = all.filter(({ litmus, results }) => isWrong(litmus, results)).length;
  process.exitCode = wrong > 0 ? 1 : 0;
  if (json === true) {
    const cases = all.map(({ litmus, results }) => litmusJson(litmus, results));
    await writeLines(process.stdout, [JSON.stringify({ cases }, undefined, 2)]);
    return;
  }
  const summary = wrong === 0 ? 'all come out as expected' : `${wrong} come out otherwise than expected (!)`;
  await writeLines(process.stdout, [
    litmusHead(
      asked.map(({ name }) => name),
      style,
    ),
    ...all.map(({ litmus, results }) => litmusLine(litmus, results, style)),
    '',
    `${all.length} cases: ${summary}`,
  ]);
}

async function runBugs(name: string | undefined, { json }: Options): Promise<void> {
  if (name !== undefined) {
    throw new InputError({
      what: `--history runs the cases of all bugs, and is given the name ${name}`,
      where: 'litmus',
      hint: `kswapd-spec history ${name} tells the story of one bug, and runs its case`,
    });
  }
  const style = { colors: pc.isColorSupported };
  const all = bugs.map(runBug);
  const wrong = all.filter((one) => !tellsApart(one)).length;
  process.exitCode = wrong > 0 ? 1 : 0;
  if (json === true) {
    await writeLines(process.stdout, [JSON.stringify({ bugs: all.map(bugLitmusJson) }, undefined, 2)]);
    return;
  }
  const summary = wrong === 0 ? 'every case tells its bug' : `${wrong} do not tell their bugs (!)`;
  const lines = all.flatMap((one) => bugLitmusLines(one, style));
  await writeLines(process.stdout, [bugLitmusHead(style), ...lines, '', `${all.length} bugs: ${summary}`]);
}

async function showOne(name: string, chosen: Kernel | undefined, { json }: Options): Promise<void> {
  const found = litmusCases().filter((litmus) => litmus.name.startsWith(name));
  const litmus = found.find((one) => one.name === name) ?? found[0];
  if (litmus === undefined || (found.length > 1 && litmus.name !== name)) {
    throw new InputError({
      what: found.length === 0 ? `there is no litmus case ${name}` : `${name} is the beginning of several names`,
      where: 'litmus',
      expected: found.length === 0 ? 'the name of one' : `one of ${found.map((one) => one.name).join(', ')}`,
      hint: 'kswapd-spec litmus lists all',
    });
  }
  const asked = chosen === undefined ? Object.values(kernels) : [chosen];
  const results = resultsOf(litmus, asked);
  const answered = results.flatMap(([kernel, result]) => (result === undefined ? [] : [{ kernel, result }]));
  const shown = answered.find(({ result }) => result.failure !== undefined) ?? answered[0];
  if (shown === undefined) {
    throw new InputError({
      what: `${litmus.name} expects nothing of ${chosen!.base}`,
      where: '--kernel',
      expected: `one of ${Object.keys(litmus.expect).join(', ')}, or a kernel that is made from it`,
    });
  }
  process.exitCode = isWrong(litmus, results) ? 1 : 0;
  const style = { colors: pc.isColorSupported };
  await writeLines(process.stdout, [
    json === true
      ? JSON.stringify(litmusJson(litmus, results), undefined, 2)
      : litmusText(litmus, shown.kernel, shown.result, style),
  ]);
}
