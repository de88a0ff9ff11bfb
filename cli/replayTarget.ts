import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError } from '../kernel/inputError.ts';
import { properties } from '../properties/index.ts';
import { witnessPath } from '../search/atHand.ts';
import { listSavedCases } from '../search/savedCase.ts';

/** At most so many names are listed when one is not found. */
const MOST_LISTED = 40;

/**
 * The file that a user means: its path, the name of a case saved in a folder, with or without .json, or the id of a
 * property, for which the case saved last or else the kept witness of a kernel is taken.
 */
export function caseFile(name: string, kernel: string, folder: string): string {
  if (name === '-' || existsSync(name)) return name;
  const saved = listSavedCases(folder);
  const witness = properties.some(({ id }) => id === name) ? witnessPath(kernel, name) : undefined;
  const path = saved.find((file) => [name, `${name}.json`].includes(basename(file))) ?? lastOf(saved, name) ?? witness;
  if (path !== undefined) return path;
  const known = [...saved.map((file) => basename(file, '.json')), ...witnesses(kernel)];
  throw new InputError({
    what: 'there is no such file, saved case or kept witness',
    where: name,
    expected: known.length === 0 ? 'a file: no case is saved here' : `a file, or one of ${listed(known)}`,
    hint: `kswapd-spec check saves counterexamples under ${folder}/`,
  });
}

const savedAt = (path: string): number => statSync(path).mtimeMs;

/** The case of a property that was saved last. A saved case's name is the property's id and a hash. */
function lastOf(saved: readonly string[], property: string): string | undefined {
  return saved
    .filter((path) => basename(path, '.json').replace(/-[\da-f]{8}$/, '') === property)
    .toSorted((a, b) => savedAt(a) - savedAt(b))
    .at(-1);
}

const witnesses = (kernel: string): readonly string[] =>
  properties.map(({ id }) => id).filter((id) => witnessPath(kernel, id) !== undefined);

const listed = (names: readonly string[]): string =>
  names.length <= MOST_LISTED
    ? names.join(', ')
    : `${names.slice(0, MOST_LISTED).join(', ')} and ${names.length - MOST_LISTED} more`;
