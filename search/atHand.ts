import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '../kernel/inputError.ts';
import type { Kernel } from '../model/index.ts';
import type { Property } from '../properties/index.ts';
import type { Counterexample, PropertyResult } from './result.ts';
import { listSavedCases, readSavedCase, writeSavedCase, type SavedCase } from './savedCase.ts';
import type { ThrewOnCase } from './threw.ts';

/** Where counterexamples are saved, below the folder that a check runs in. */
export const SAVED_FOLDER = '.kswapd-spec';

/** The kept witness of a known failure, if there is one. */
export function witnessPath(kernel: string, id: string): string | undefined {
  const path = fileURLToPath(new URL(`../properties/witnesses/${kernel}/${id}.json`, import.meta.url));
  return existsSync(path) ? path : undefined;
}

/** What earlier checks saved. */
export interface SavedCases {
  readonly cases: readonly SavedCase[];
  /** Why files among them cannot be used; they are left alone. */
  readonly unusable: readonly InputError[];
}

/** The cases that earlier checks saved in a folder. */
export function savedCases(folder = SAVED_FOLDER): SavedCases {
  const cases: SavedCase[] = [];
  const unusable: InputError[] = [];
  for (const path of listSavedCases(folder)) {
    try {
      cases.push(readSavedCase(path));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      unusable.push(error);
    }
  }
  return { cases, unusable };
}

/** The cases that a check of a property begins with: what earlier checks saved, and the kept witness. */
export function casesAtHand(
  property: Property,
  kernel: Kernel,
  saved: readonly SavedCase[],
): readonly Pick<Counterexample, 'given' | 'from'>[] {
  const own = saved
    .filter((found) => found.property === property.id && found.kernel === kernel.name)
    .map(({ given }) => ({ given, from: 'saved' as const }));
  const witness = witnessPath(kernel.base, property.id);
  if (witness === undefined) return own;
  return [...own, { given: readSavedCase(witness).given, from: 'witness' }];
}

/** Saves what a check found, for the next one and for replay. Returns the file's path. */
export function saveCounterexample(result: PropertyResult, { kernel, kernelFile, seed }: Found): string {
  const { property, counterexample } = result;
  const { given, failure } = counterexample!;
  return writeSavedCase(SAVED_FOLDER, {
    id: property.id,
    kernel: kernel.name,
    ...(kernelFile === undefined ? {} : { kernelFile }),
    property: property.id,
    clause: failure.clause,
    seed,
    given,
  });
}

/** Saves the case on which a rule of a user's kernel threw. Returns the file's path. */
export function saveThrown({ property, given }: ThrewOnCase, { kernel, kernelFile, seed }: Found): string {
  const file = kernelFile === undefined ? {} : { kernelFile };
  return writeSavedCase(SAVED_FOLDER, {
    id: 'a rule throws',
    kernel: kernel.name,
    ...file,
    property: property.id,
    seed,
    given,
  });
}

/** In which search a case was found. */
interface Found {
  readonly kernel: Kernel;
  /** The file that the kernel was loaded from, if it is a user's own. */
  readonly kernelFile?: string;
  readonly seed: number;
}
