import { InputError } from './inputError.ts';
import { MAX_PAGES } from './schema/node.ts';

/** Text that came from somewhere, with the name that messages give it. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** One line of a file under /proc, with its number from 1. */
export interface ProcLine {
  readonly at: string;
  readonly text: string;
}

/** The lines of a /proc file that are not blank, each with its place. */
export function procLines({ name, text }: SourceText): readonly ProcLine[] {
  const lines = text
    .split(/\r?\n/)
    .map((line, i) => ({ at: `${name}:${i + 1}`, text: line.trim() }))
    .filter((line) => line.text !== '');
  if (lines.length > 0) return lines;
  throw new InputError({ what: 'is empty', where: name, hint: 'copy the file as the kernel shows it' });
}

/** A piece of someone's text, short and printable. */
export const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** A count of pages or blocks, or an InputError that says what it stands for. */
export function pageCount(digits: string, what: string, where: string): number {
  const value = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  if (value <= MAX_PAGES) return value;
  throw new InputError({
    what: `${what} is not a number of pages`,
    where,
    expected: `a whole number from 0 to ${MAX_PAGES}`,
    found: quoted(digits),
  });
}

/** The problem of a line that is not of any form that the file has. */
export const strangeLine = (line: ProcLine, file: string, expected: string): InputError =>
  new InputError({
    what: `not a line of ${file}`,
    where: line.at,
    expected,
    found: quoted(line.text),
    hint: 'check that the file is complete, and copied as the kernel shows it',
  });

/** The key of a zone among all nodes' zones. */
export const zoneKey = (node: number, zone: string): string => `Node ${node}, zone ${zone}`;
