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

/** The kernel that a file is of: its folder is named for the kernel, or for the loop that came with it. */
function kernelOf({ module }: DocComment): string | undefined {
  const version = /(?:^|\/)(v\d+_\d+)\//.exec(module)?.[1];
  if (version !== undefined) return version.replace('_', '.');
  return module.startsWith('loop/byNode/') ? 'v4.19' : undefined;
}

/** Finds the comment of a name: as the kernel that brought it has it, under the given folder of the model. */
export type CommentFinder = (name: string, folder?: string, since?: string) => DocComment;

export function commentFinder(comments: readonly DocComment[] = modelComments()): CommentFinder {
  return (name, folder = '', since = undefined) => {
    const named = comments.filter((comment) => comment.name === name && comment.module.startsWith(folder));
    const own = named.filter((comment) => since !== undefined && kernelOf(comment) === since);
    const found = own.length > 0 ? own : named.filter((comment) => kernelOf(comment) === undefined);
    if (found.length === 1) return found[0]!;
    throw new Error(
      `${found.length} exports of model/${folder} are called ${name} as ${since ?? 'the first kernel'} has it, and ` +
        'have a comment; expected one',
    );
  };
}
