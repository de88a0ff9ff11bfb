import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { baseOf, type Kernel } from '../../model/index.ts';
import { caseKind, type Property } from '../../properties/index.ts';
import { faultsOf, isWellFormed } from '../../shrinkers/legal.ts';
import { witnessPath } from '../atHand.ts';
import { litmusCases } from '../litmus/litmus.ts';
import { readSavedCase, type SavedCase } from '../savedCase.ts';
import type { AtHand } from './store.ts';

const HISTORY = fileURLToPath(new URL('../../history/cases/', import.meta.url));

/** Cases that are of interest whichever kernel and property they were kept for: of bugs, and litmus cases. */
const keptCases = (): readonly KindOfCase[] => [
  ...readdirSync(HISTORY)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => readSavedCase(HISTORY + name)),
  ...litmusCases(),
];

type KindOfCase = Pick<SavedCase, 'kind' | 'given'>;

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
  const kept = [...witnesses.map(readSavedCase), ...keptCases()].filter(
    ({ given }) => isWellFormed(given, base) && faultsOf(given, base) === 0,
  );
  return [
    ...saved.filter((one) => one.kernel === kernel.name).map((one) => atHand(one, 'saved')),
    ...kept.map((one) => atHand(one, 'kept')),
  ].filter(({ kind }) => kinds.has(kind));
}

const atHand = ({ kind, given }: KindOfCase, from: AtHand['from']): AtHand => ({ kind, given, from });
