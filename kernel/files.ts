import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { InputError } from './inputError.ts';
import { readStandardInput } from './standardInput.ts';

const GZIP = [0x1f, 0x8b];
const MAX_BYTES = 1 << 29;

/** The name by which a command is told to read its standard input. */
const STANDARD_INPUT = '-';

/** How messages call the file. */
export const placeOf = (path: string): string => (path === STANDARD_INPUT ? 'standard input' : path);

/** The mark that some editors begin a text with, which is no part of it. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** The text of a file (`-`: of standard input), unpacked if it is gzipped, whatever its name says. */
export const readText = (path: string): string => rawText(path).replace(BYTE_ORDER_MARK, '');

function rawText(path: string): string {
  const bytes = readBytes(path);
  if (bytes[0] !== GZIP[0] || bytes[1] !== GZIP[1]) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES }).toString('utf8');
  } catch (error) {
    throw new InputError({
      what: 'the gzipped file cannot be unpacked',
      where: placeOf(path),
      found: error instanceof Error ? error.message : String(error),
      hint: 'check that the file is complete',
    });
  }
}

function readBytes(path: string): Buffer {
  try {
    if (path === STANDARD_INPUT) return readStandardInput();
    if (statSync(path).isDirectory())
      throw new InputError({ what: 'is a folder', where: placeOf(path), expected: 'a file' });
    return readFileSync(path);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({
      what: 'cannot be read',
      where: placeOf(path),
      expected: 'a file',
      found: error instanceof Error ? error.message : String(error),
      hint: 'check the name, and that you may read the file',
    });
  }
}

/** Makes a folder and those above it. (Node's own `recursive` never returns where none can be made, as in /proc.) */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** One line of a JSON Lines file, with its number from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** The lines of a file that are not blank. */
export function readLines(path: string): readonly Line[] {
  const lines = readText(path)
    .split('\n')
    .map((text, i) => ({ number: i + 1, text: text.trim() }))
    .filter(({ text }) => text !== '');
  if (lines.length > 0) return lines;
  throw new InputError({
    what: 'is empty',
    where: placeOf(path),
    expected: 'at least one case',
    hint: 'one JSON case a line',
  });
}
