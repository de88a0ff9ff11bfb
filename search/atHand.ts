import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Kernel } from '../model/index.ts';
import type { Property } from '../properties/index.ts';
import type { Counterexample, PropertyResult } from './result.ts';
import { listSavedCases, readSavedCase, writeSavedCase } from './savedCase.ts';

/** Where counterexamples are saved, below the folder that a check runs in. */
export const SAVED_FOLDER = '.kswapd-spec';

/** The kept witness of a known failure, if there is one. */
export function witnessPath(kernel: string, id: string): string | undefined {
  const path = fileURLToPath(new URL(`../properties/witnesses/${kernel}/${id}.json`, import.meta.url));
  return existsSync(path) ? path : undefined;
}

/** The cases that a check of a property begins with: what earlier checks saved, and the kept witness. */
export function casesAtHand(property: Property, kernel: Kernel): readonly Pick<Counterexample, 'given' | 'from'>[] {
  const saved = listSavedCases(SAVED_FOLDER)
    .map((path) => readSavedCase(path))
    .filter((found) => found.property === property.id && found.kernel === kernel.name)
    .map(({ given }) => ({ given, from: 'saved' as const }));
  const witness = witnessPath(kernel.name, property.id);
  if (witness === undefined) return saved;
  return [...saved, { given: readSavedCase(witness).given, from: 'witness' }];
}

/** Saves what a check found, for the next one and for replay. Returns the file's path. */
export function saveCounterexample(result: PropertyResult, kernel: Kernel, seed: number): string {
  const { property, counterexample } = result;
  const { given, failure } = counterexample!;
  return writeSavedCase(SAVED_FOLDER, {
    id: property.id,
    kernel: kernel.name,
    property: property.id,
    clause: failure.clause,
    seed,
    given,
  });
}
