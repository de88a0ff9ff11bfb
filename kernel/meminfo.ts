import { InputError } from './inputError.ts';
import { quoted, procLines, type SourceText, strangeLine } from './proc.ts';

const LINE = /^([\w()]+):\s+(\d{1,15})(?:\s+kB)?$/;

/** Reads /proc/meminfo for what matters here: free swap, in pages of 4 KiB. */
export function parseMeminfo(source: SourceText): { readonly swapPages: number } {
  let swapPages: number | undefined;
  for (const line of procLines(source)) {
    const match = LINE.exec(line.text);
    if (match === null) throw strangeLine(line, '/proc/meminfo', '`Name: number kB`');
    if (match[1] !== 'SwapFree') continue;
    if (swapPages !== undefined) throw new InputError({ what: 'has SwapFree twice', where: line.at });
    swapPages = Math.floor(Number(match[2]) / 4);
  }
  if (swapPages !== undefined) return { swapPages };
  throw new InputError({ what: 'has no SwapFree', where: source.name, expected: quoted('SwapFree: 0 kB') });
}
