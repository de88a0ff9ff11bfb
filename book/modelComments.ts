import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readComments, type DocComment } from './comments.ts';

/** The model beside this file: sources in a clone, declarations in an installed package. */
const MODEL = fileURLToPath(new URL('../model', import.meta.url));

/** Every commented export of the model, file by file. */
export function modelComments(folder = MODEL): readonly DocComment[] {
  const ending = existsSync(join(folder, 'kernel.ts')) ? '.ts' : '.d.ts';
  return filesUnder(folder)
    .filter((path) => path.endsWith(ending))
    .flatMap((path) => readComments(moduleOf(folder, path, ending), readFileSync(path, 'utf8')));
}

const moduleOf = (folder: string, path: string, ending: string): string =>
  relative(folder, path).split(sep).join('/').slice(0, -ending.length);

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(path) : [path];
    });
}

/** A later kernel's version of a rule stands in a folder that is named for the kernel, its loop in byNode/. */
const isLater = ({ module }: DocComment): boolean => /(^|\/)(v\d+_\d+|byNode)\//.test(module);

/**
 * Finds the comment of a name, as the first kernel has it; where several files export the name, one under the given
 * folder of the model.
 */
export function commentFinder(
  comments: readonly DocComment[] = modelComments(),
): (name: string, folder?: string) => DocComment {
  return (name, folder = '') => {
    const named = comments.filter((comment) => comment.name === name && comment.module.startsWith(folder));
    const first = named.filter((comment) => !isLater(comment));
    const found = first.length > 0 ? first : named;
    if (found.length === 1) return found[0]!;
    throw new Error(`${found.length} exports of model/${folder} are called ${name} and have a comment; expected one`);
  };
}
