import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../kernel/files.ts';
import { InputError } from '../kernel/inputError.ts';
import type { Book } from './book.ts';

/** How a folder differs from a book. */
export interface Difference {
  readonly path: string;
  readonly how: 'is missing' | 'differs' | 'is left over';
}

/** Writes a book into a folder, which is made if it is not there. Other files in it are left alone. */
export function writeBook(book: Book, folder: string): void {
  try {
    for (const [path, text] of book) {
      makeFolder(dirname(join(folder, path)));
      writeFileSync(join(folder, path), text);
    }
  } catch (error) {
    throw new InputError({
      what: 'cannot be written to',
      where: folder,
      expected: 'a folder, or a name for a new one',
      found: error instanceof Error ? error.message : String(error),
      hint: 'choose another folder with --out',
    });
  }
}

/** What would have to change in a folder for it to hold exactly this book. */
export function compareBook(book: Book, folder: string): readonly Difference[] {
  const there = existsSync(folder) && statSync(folder).isDirectory() ? filesUnder(folder, '') : [];
  const found = (path: string, text: string): readonly Difference[] => {
    if (!there.includes(path)) return [{ path, how: 'is missing' }];
    return readFileSync(join(folder, path), 'utf8') === text ? [] : [{ path, how: 'differs' }];
  };
  return [
    ...[...book].flatMap(([path, text]) => found(path, text)),
    ...there.filter((path) => !book.has(path)).map((path) => ({ path, how: 'is left over' }) as const),
  ];
}

function filesUnder(folder: string, below: string): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(folder, path) : [path];
  });
}
