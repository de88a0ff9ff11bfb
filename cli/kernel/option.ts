import { Option } from 'commander';
import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { InputError } from '../../kernel/inputError.ts';
import { kernels, type Kernel } from '../../model/index.ts';
import { digestOf } from './digest.ts';
import { guarded } from './guard.ts';
import { importFile } from './import.ts';
import { kernelIn } from './validate.ts';

/** A kernel that was asked for. */
export interface ChosenKernel {
  readonly kernel: Kernel;
  /** The file that it was loaded from, from the current folder on, if it is a user's own. */
  readonly file?: string;
  /** Tells its text, and that of what it imports from beside it, from others: what was kept of one is for no other. */
  readonly digest?: string;
}

const MODULE_FILE = /\.m?[jt]s$/;

/** `--kernel <name|file>`; what was asked for is then loaded with `chooseKernel`. */
export const kernelOption = (description: string): Option => new Option('--kernel <name|file>', description);

/** What the help of a command says of the option. */
export const KERNEL_HELP =
  `A kernel is one of ${Object.keys(kernels).join(', ')}, or a file of your own (.ts, .mts, .js, .mjs) that exports\n` +
  'one made with deriveKernel; the README has an example.';

/** The kernel of a name, or the one that a file exports. */
export async function chooseKernel(asked: string): Promise<ChosenKernel> {
  if (Object.hasOwn(kernels, asked)) return { kernel: kernels[asked]! };
  if (!MODULE_FILE.test(asked)) {
    throw new InputError({
      what: existsSync(asked) ? 'is no file that can export a kernel' : `there is no kernel ${asked} here`,
      where: existsSync(asked) ? asked : '--kernel',
      expected: `one of ${Object.keys(kernels).join(', ')}, or a file that ends in .ts, .mts, .js or .mjs`,
    });
  }
  const path = resolve(asked);
  const kernel = guarded(kernelIn(await importFile(path, asked), asked));
  return { kernel, file: fromHere(path), digest: digestOf(path) };
}

const fromHere = (path: string): string => relative('.', path).split(sep).join('/');

/** Whether a saved case may have this file loaded: one below the current folder, and not any that it names. */
export const isBelowHere = (file: string): boolean =>
  !isAbsolute(file) && !relative('.', resolve(file)).startsWith('..') && MODULE_FILE.test(file);
