import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder, readText } from '../../kernel/files.ts';
import { InputError } from '../../kernel/inputError.ts';
import { parseJson, parseWith } from '../../kernel/parse.ts';
import type { Case, CaseKind } from '../../properties/index.ts';
import { compactJson } from '../compactJson.ts';
import { readSavedCase, writeWhole } from '../savedCase.ts';
import { caseSchemas } from '../savedCaseSchema.ts';
import type { Kept, Sums } from './ledger.ts';
import type { FailingCase, Quarry } from './task.ts';

/**
 * Where a failing case comes from: an earlier search saved it, the project keeps it as one of interest, or this hunt
 * made it.
 */
const ORIGINS = ['saved', 'kept', 'search'] as const;
export type Origin = (typeof ORIGINS)[number];

/** A case that a hunt begins with, and where it comes from. */
export interface AtHand {
  readonly kind: CaseKind;
  readonly given: Case;
  readonly from: Origin;
}

const KINDS = Object.keys(caseSchemas) as [CaseKind, ...CaseKind[]];
const count = z.int().min(0);
const countsSchema = z.strictObject({
  runs: count,
  failing: count,
  seen: z.record(z.string(), count),
  best: z.number().exactOptional(),
});
const stateSchema = z.strictObject({
  seed: z.int(),
  merged: count,
  runs: count,
  drawn: count,
  kept: count,
  mutated: count,
  counts: z.record(z.string(), countsSchema),
  yields: z.array(z.strictObject({ batch: count, kind: z.enum(KINDS), runs: count, kept: count })),
  found: z.record(z.string(), z.strictObject({ from: z.enum(ORIGINS), file: z.string() })),
});

/** How far a hunt has come. */
export interface HuntState extends Sums {
  readonly seed: number;
  /** Cases that were run beside those at hand. */
  readonly drawn: number;
  /** Cases in the corpus. */
  readonly kept: number;
  /** Where the counterexamples that were found come from, and their files, by the id of their property. */
  readonly found: Readonly<Record<string, { readonly from: Origin; readonly file: string }>>;
}

/** A counterexample that was found, and is not yet made small. */
export interface Pending {
  readonly batch: number;
  readonly property: string;
  readonly given: Case;
}

const HINT = 'without --resume, and with another --seed, another hunt begins';
const filedSchema = z.strictObject({
  kind: z.enum(KINDS),
  property: z.string().exactOptional(),
  from: z.enum(ORIGINS).exactOptional(),
  given: z.looseObject({}),
});
type Filed = Omit<z.output<typeof filedSchema>, 'given'> & { readonly given: Case };
const beginningSchema = z.strictObject({
  cases: z.array(filedSchema.extend({ from: z.enum(ORIGINS) })),
});
/** The file of the cases that a hunt begins with. */
const BEGINNING = 'beginning.json';
const STATE = 'state.json';
/** The folder of the counterexamples that are not yet made small. */
const PENDING = 'found';

const numbered = (batch: number): string => String(batch).padStart(8, '0');

/** Where all hunts of the same properties and kernel are. */
function rootOf(folder: string, { kernel, properties }: Quarry): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([kernel, properties]))
    .digest('hex')
    .slice(0, 8);
  return join(folder, 'hunt', `${kernel.replaceAll(/[^\w.-]+/g, '-')}-${hash}`);
}

/** A hunt that was kept. */
export interface KeptHunt {
  readonly seed: number;
  /** Of which text of the kernel's file it was. */
  readonly digest: string | undefined;
}

/** The hunts of the same properties and kernel that were kept, the one that went on last first. */
export function keptHunts(folder: string, quarry: Quarry): readonly KeptHunt[] {
  const root = rootOf(folder, quarry);
  const hunts = namesIn(root).flatMap((name) => {
    const [, seed, digest] = /^seed-(-?\d+)(?:-([\da-f]+))?$/.exec(name) ?? [];
    const state = join(root, name, STATE);
    if (seed === undefined || !existsSync(state)) return [];
    return [{ seed: Number(seed), digest, written: statSync(state).mtimeMs }];
  });
  return hunts.toSorted((a, b) => b.written - a.written).map(({ seed, digest }) => ({ seed, digest }));
}

/** The names in a folder, in order; none if there is no such folder. */
const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).toSorted() : []);

/** Hears why a file of a hunt cannot be used, which is passed over. */
export type OnUnusable = (error: InputError) => void;

/**
 * Where a hunt keeps what it has: its corpus, counterexamples that are not yet made small, and how far it has come.
 * Every file is there as a whole or not at all, and what a state counts is there before it. Hunts of other seeds, and
 * of other texts of the kernel, lie beside it.
 */
export class HuntStore {
  readonly folder: string;
  readonly #root: string;
  readonly #corpus: string;
  readonly #pending: string;
  readonly #state: string;

  constructor(folder: string, quarry: Quarry, seed: number) {
    this.#root = rootOf(folder, quarry);
    this.folder = join(this.#root, `seed-${seed}${quarry.digest === undefined ? '' : `-${quarry.digest}`}`);
    this.#corpus = join(this.folder, 'corpus');
    this.#pending = join(this.folder, PENDING);
    this.#state = join(this.folder, STATE);
  }

  /** How far the hunt came, if it was kept. */
  readState(): HuntState | undefined {
    if (!existsSync(this.#state)) return undefined;
    return parseWith(stateSchema, parseJson(readText(this.#state), this.#state), this.#state, HINT);
  }

  writeState(state: HuntState): void {
    this.#write(this.folder, STATE, state);
  }

  /** Forgets how far the hunt came, and its corpus, and keeps what it begins with now; what failed stays. */
  beginAfresh(atHand: readonly AtHand[]): void {
    rmSync(this.#state, { force: true });
    rmSync(this.#corpus, { recursive: true, force: true });
    this.#write(this.folder, BEGINNING, { cases: atHand });
  }

  /** The cases that the hunt began with. */
  readBeginning(): readonly AtHand[] {
    const path = join(this.folder, BEGINNING);
    const { cases } = parseWith(beginningSchema, parseJson(readText(path), path), path, HINT);
    return cases.map((one) => ({ kind: one.kind, given: caseOf(one, path), from: one.from }));
  }

  keepEntries(entries: readonly Kept[]): void {
    for (const [i, { batch, kind, given }] of entries.entries()) {
      this.#write(this.#corpus, `${numbered(batch)}-${String(i).padStart(3, '0')}.json`, { kind, given });
    }
  }

  /**
   * The cases of the corpus that a state counts, in the order in which they came, but for those that are lost. Those of
   * batches that it does not count are forgotten: these are run again.
   */
  readEntries({ merged, kept }: HuntState, onUnusable: OnUnusable): readonly Omit<Kept, 'reached'>[] {
    for (const name of namesIn(this.#corpus)) {
      if (Number.parseInt(name, 10) >= merged) rmSync(join(this.#corpus, name), { force: true });
    }
    const files = filesIn(this.#corpus, onUnusable);
    const lost = kept - files.length;
    if (lost > 0) {
      onUnusable(
        new InputError({
          what: `${lost} of the ${kept} cases of the corpus cannot be used or are missing`,
          where: this.#corpus,
          hint: 'the hunt goes on without them, and may meet again what they were the first to reach',
        }),
      );
    }
    return files.map(({ batch, filed }) => ({ batch, kind: filed.kind, given: filed.given }));
  }

  keepPending(batch: number, kind: CaseKind, { property, given }: FailingCase): void {
    this.#write(this.#pending, `${numbered(batch)}-${property}.json`, { kind, property, given });
  }

  readPending(onUnusable: OnUnusable): readonly Pending[] {
    return pendingIn(this.#pending, onUnusable);
  }

  /** What hunts of other seeds, or of other texts of the kernel, had no time to make small. */
  readPendingOfOthers(): readonly Pending[] {
    const others = namesIn(this.#root).map((name) => join(this.#root, name));
    // That a file cannot be used is said when its own hunt goes on.
    return others.filter((one) => one !== this.folder).flatMap((one) => pendingIn(join(one, PENDING), () => {}));
  }

  dropPending({ batch, property }: Omit<Pending, 'given'>): void {
    rmSync(join(this.#pending, `${numbered(batch)}-${property}.json`), { force: true });
  }

  #write(folder: string, name: string, value: object): void {
    const path = join(folder, name);
    try {
      makeFolder(folder);
      writeWhole(path, `${compactJson(value)}\n`);
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error);
      throw new InputError({ what: 'the hunt cannot be kept', where: path, found, hint: 'may you write there?' });
    }
  }
}

/** The cases that are filed in a folder by the batch that they came from, but for those that cannot be used. */
function filesIn(folder: string, onUnusable: OnUnusable): readonly { readonly batch: number; readonly filed: Filed }[] {
  const names = namesIn(folder).filter((name) => /^\d{8}-.*\.json$/.test(name));
  return names.flatMap((name) => {
    const path = join(folder, name);
    try {
      const filed = parseWith(filedSchema, parseJson(readText(path), path), path);
      return [{ batch: Number.parseInt(name, 10), filed: { ...filed, given: caseOf(filed, path) } }];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      onUnusable(error);
      return [];
    }
  });
}

const pendingIn = (folder: string, onUnusable: OnUnusable): readonly Pending[] =>
  filesIn(folder, onUnusable).map(({ batch, filed: { property = '', given } }) => ({ batch, property, given }));

/** A case as it was written: its fields stay in their order, by which it is changed. */
function caseOf({ kind, given }: z.output<typeof filedSchema>, path: string): Case {
  parseWith<Case>(caseSchemas[kind], given, path);
  return given as unknown as Case;
}

/** The case in a file that a hunt saved, if it can be used. */
export function savedCaseIn(file: string, onUnusable: OnUnusable): Case | undefined {
  try {
    return readSavedCase(file).given;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    onUnusable(error);
    return undefined;
  }
}
