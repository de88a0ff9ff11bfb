import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { baseOf, type Kernel } from '../../model/index.ts';
import { caseKind, type Property } from '../../properties/index.ts';
import { faultsOf, isWellFormed } from '../../shrinkers/legal.ts';
import { witnessPath } from '../atHand.ts';
import { readSavedCase, type SavedCase } from '../savedCase.ts';
import type { AtHand } from './store.ts';

/** Folders of cases that are known to be interesting, whichever kernel and property they were found for. */
const FOLDERS = ['history/cases'];

const filesOf = (folder: string): readonly string[] => {
  const path = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => `${path}/${name}`);
};

/** The cases of the kinds that the properties are judged on with which a hunt begins. */
export function huntBeginsWith(
  kernel: Kernel,
  properties: readonly Property[],
  saved: readonly SavedCase[],
): readonly AtHand[] {
  const kinds = new Set(properties.map(caseKind));
  const base = baseOf(kernel);
  const witnesses = properties.flatMap(({ id }) => witnessPath(kernel.base, id) ?? []);
  // One that no machine of this kernel could be in would tell nothing of it.
  const kept = [...witnesses, ...FOLDERS.flatMap(filesOf)]
    .map(readSavedCase)
    .filter(({ given }) => isWellFormed(given, base) && faultsOf(given, base) === 0);
  return [
    ...saved.filter((one) => one.kernel === kernel.name).map((one) => atHand(one, 'saved')),
    ...kept.map((one) => atHand(one, 'kept')),
  ].filter(({ kind }) => kinds.has(kind));
}

const atHand = ({ kind, given }: SavedCase, from: AtHand['from']): AtHand => ({ kind, given, from });
