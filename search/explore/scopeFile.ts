import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { placeOf, readText } from '../../kernel/files.ts';
import { InputError } from '../../kernel/inputError.ts';
import { parseJson, parseWith } from '../../kernel/parse.ts';
import { scopeSchema } from '../../kernel/schema/scope.ts';
import { wholeScopeSchema, type AnyScope } from '../../kernel/schema/wholeScope.ts';

const HINT = 'the scopes that come with it are examples: kswapd-spec explore --list';

/** The scope in a file, or an InputError. */
export const readScope = (path: string): AnyScope => parseScope(readText(path), placeOf(path));

/** The scope that a text holds, or an InputError. */
export function parseScope(text: string, where: string): AnyScope {
  const input = parseJson(text, where, HINT);
  const isWhole = typeof input === 'object' && input !== null && 'nodes' in input;
  return isWhole ? parseWith(wholeScopeSchema, input, where, HINT) : parseWith(scopeSchema, input, where, HINT);
}

/** Where the shipped scopes are, seen from the sources and from the built files. */
const FOLDERS = ['../../scopes/', '../../../scopes/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Those of tens of millions of states. */
const LARGE = 'large/';

/** The scopes that come with it, by name, in the order of their names. */
export const shippedScopes = (): ReadonlyMap<string, string> => scopesBelow('');

/** The large ones among them, which take many minutes, and gigabytes. */
export const largeScopes = (): ReadonlyMap<string, string> => scopesBelow(LARGE);

function scopesBelow(below: string): ReadonlyMap<string, string> {
  for (const folder of FOLDERS) {
    const files = listed(`${folder}${below}`);
    if (files.length === 0) continue;
    return new Map(files.map((file) => [`${below}${basename(file, '.json')}`, `${folder}${below}${file}`]));
  }
  return new Map();
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted();
  } catch {
    return [];
  }
}

const isFileName = (name: string): boolean => /[./\\]|^-$/.test(name);

/** Whether a word can only mean a scope: a file, or one that comes with it. */
export const isScopeName = (name: string): boolean =>
  shippedScopes().has(name) || largeScopes().has(name) || isFileName(name);

/** The path of a scope: a file, or one that comes with it, by its name. */
export function scopePath(name: string): string {
  const path = shippedScopes().get(name) ?? largeScopes().get(name);
  if (path !== undefined) return path;
  if (isFileName(name)) return name;
  throw new InputError({
    what: `there is no scope ${name}`,
    where: 'explore',
    expected: `a file, or one of ${[...shippedScopes().keys(), ...largeScopes().keys()].join(', ')}`,
  });
}
