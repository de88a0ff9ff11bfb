import { Command } from 'commander';
import pc from 'picocolors';
import { InputError } from '../kernel/inputError.ts';
import { kernels, type Kernel } from '../model/index.ts';
import { describeKernel } from '../report/kernels/describe.ts';
import { kernelLines } from '../report/kernels/text.ts';
import { writeLines } from '../report/writer.ts';

interface Options {
  readonly json?: true;
}

const HELP = `
A kernel is a record of rules; each but the first is written as what it changed of the one before it. A difference
names the version and the commit that brought it, why it came, and the rules and steps that it made what they are.

Examples:
  kswapd-spec kernels
  kswapd-spec kernels v5.9
  kswapd-spec kernels --json`;

/** `kswapd-spec kernels`: the kernels that are specified, and how each differs from the one before it. */
export function kernelsCommand(): Command {
  return new Command('kernels')
    .summary('list the kernels that are specified, and what each changed')
    .description('Lists the specified kernels, and how each differs from the one before it: what, why, since when.')
    .argument('[name]', `only this kernel (${Object.keys(kernels).join(', ')})`)
    .option('--json', 'write it as JSON')
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, { json }: Options) => {
      const shown = chosen(name).map(describeKernel);
      if (json === true) {
        await writeLines(process.stdout, [JSON.stringify({ kernels: shown }, undefined, 2)]);
        return;
      }
      const style = { colors: pc.isColorSupported };
      const texts = shown.map((kernel) => kernelLines(kernel, style).join('\n'));
      await writeLines(process.stdout, [texts.join('\n\n')]);
    });
}

function chosen(name: string | undefined): readonly Kernel[] {
  if (name === undefined) return Object.values(kernels);
  if (Object.hasOwn(kernels, name)) return [kernels[name]!];
  throw new InputError({
    what: `there is no kernel ${name} here`,
    where: 'kernels',
    expected: `one of ${Object.keys(kernels).join(', ')}`,
  });
}
