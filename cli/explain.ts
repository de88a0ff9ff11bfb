import { accessSync, constants } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { placeOf, readText } from '../kernel/files.ts';
import { InputError } from '../kernel/inputError.ts';
import type { SourceText } from '../kernel/proc.ts';
import { type ProcFiles, readRealMachine } from '../kernel/zoneinfo/realMachine.ts';
import { MAX_ORDER } from '../model/index.ts';
import { explain } from '../report/explain/explain.ts';
import { explanationJson } from '../report/explain/json.ts';
import { explanationLines } from '../report/explain/text.ts';
import { writeLines } from '../report/writer.ts';
import { withRules } from './kernel/guard.ts';
import { chooseKernel, KERNEL_HELP, kernelOption } from './kernel/option.ts';

interface Options {
  readonly kernel?: string;
  readonly order: number;
  readonly zone?: string;
  readonly node?: number;
  readonly buddyinfo?: string;
  readonly pagetypeinfo?: string;
  readonly meminfo?: string;
  readonly json?: true;
}

const HELP = `
Without a file it reads this machine: /proc/zoneinfo, and /proc/buddyinfo, /proc/pagetypeinfo and /proc/meminfo as far
as you may read them. Files may be gzipped; \`-\` is standard input. Kernels from 3.x to 6.x are understood,
and each is judged by the nearest kernel that is specified, as far as the file’s fields tell, or by --kernel.
${KERNEL_HELP}
Exit code: 0 answered, 2 unusable input.

Examples:
  kswapd-spec explain
  kswapd-spec explain zoneinfo.txt --order 3 --buddyinfo buddyinfo.txt
  ssh server cat /proc/zoneinfo | kswapd-spec explain - --zone DMA32`;

/** `kswapd-spec explain`: would kswapd of a real machine sleep, and if not, what keeps it awake? */
export function explainCommand(): Command {
  return new Command('explain')
    .summary('say whether kswapd of a real machine would sleep, and why')
    .description(
      'Asks a kernel’s rules, clause by clause, whether kswapd would sleep on the machine of a /proc/zoneinfo.',
    )
    .argument('[zoneinfo]', 'a copy of /proc/zoneinfo (default: this machine’s)')
    .option('--order <n>', 'order of the request', orderNumber, 0)
    .option('--zone <name>', 'highest zone that the request may use (default: the highest populated one)')
    .option('--node <n>', 'only this node', nodeNumber)
    .option('--buddyinfo <file>', 'a copy of /proc/buddyinfo: how free memory lies')
    .option('--pagetypeinfo <file>', 'a copy of /proc/pagetypeinfo: the same by migrate type')
    .option('--meminfo <file>', 'a copy of /proc/meminfo: free swap')
    .addOption(kernelOption('the kernel to judge by (default: the nearest to the one that wrote the file)'))
    .option('--json', 'answer as JSON')
    .addHelpText('after', HELP)
    .action(async (zoneinfo: string | undefined, options: Options) => {
      const machine = readRealMachine(filesOf(zoneinfo, options));
      const { writtenBy } = machine;
      const { kernel } = await chooseKernel(options.kernel ?? writtenBy.kernel);
      const name = nameOf(zoneinfo);
      const because =
        options.kernel === undefined
          ? `the file is ${writtenBy.because}`
          : `asked for with --kernel; the file is of Linux ${writtenBy.versions}, nearest to ${writtenBy.kernel}`;
      const explanation = withRules(kernel, name, () => explain(kernel, machine, options, name, because));
      const lines =
        options.json === true
          ? [JSON.stringify(explanationJson(explanation), undefined, 2)]
          : explanationLines(explanation, wantsColor());
      await writeLines(process.stdout, lines);
    });
}

const nameOf = (zoneinfo: string | undefined): string => placeOf(zoneinfo ?? '/proc/zoneinfo');

/** The files named, and for this machine those that may be read. */
function filesOf(zoneinfo: string | undefined, options: Options): ProcFiles {
  const given = [zoneinfo, options.buddyinfo, options.pagetypeinfo, options.meminfo];
  if (given.filter((path) => path === '-').length > 1) {
    throw new InputError({ what: 'can only be one of the files', where: 'standard input' });
  }
  const other = (kind: 'buddyinfo' | 'pagetypeinfo' | 'meminfo'): Partial<ProcFiles> => {
    const path = options[kind] ?? (zoneinfo === undefined ? readable(`/proc/${kind}`) : undefined);
    return path === undefined ? {} : { [kind]: sourceText(path) };
  };
  return {
    zoneinfo: sourceText(zoneinfo ?? '/proc/zoneinfo'),
    ...other('buddyinfo'),
    ...other('pagetypeinfo'),
    ...other('meminfo'),
  };
}

const sourceText = (path: string): SourceText => ({ name: placeOf(path), text: readText(path) });

function readable(path: string): string | undefined {
  try {
    accessSync(path, constants.R_OK);
    return path;
  } catch {
    return undefined;
  }
}

const wantsColor = (): boolean => process.stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';

function orderNumber(text: string): number {
  if (/^\d{1,2}$/.test(text) && Number(text) < MAX_ORDER) return Number(text);
  throw new InvalidArgumentError(`expected an order from 0 to ${MAX_ORDER - 1}.`);
}

function nodeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a node number, such as 0.');
}
