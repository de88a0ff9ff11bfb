import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder, readText } from '../../kernel/files.ts';
import { InputError } from '../../kernel/inputError.ts';
import { parseJson, parseWith } from '../../kernel/parse.ts';
import type { Case, CaseKind } from '../../properties/index.ts';
import { compactJson } from '../compactJson.ts';
import { writeWhole } from '../savedCase.ts';
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
  mutated: count,
  counts: z.record(z.string(), countsSchema),
  yields: z.array(z.strictObject({ batch: count, kind: z.enum(KINDS), runs: count, kept: count })),
  found: z.record(z.string(), z.strictObject({ from: z.enum(ORIGINS), file: z.string() })),
});

/** How far a hunt has come. */
export interface HuntState extends Sums {
  readonly seed: number;
  /** Where the counterexamples that were found come from, and their files, by the id of their property. */
  readonly found: Readonly<Record<string, { readonly from: Origin; readonly file: string }>>;
}

/** A counterexample that was found, and is not yet made small. */
export interface Pending {
  readonly batch: number;
  readonly property: string;
  readonly given: Case;
}

const HINT = 'leave out --resume to hunt afresh';
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

const numbered = (batch: number): string => String(batch).padStart(8, '0');

/**
 * Where a hunt keeps what it has: its corpus, counterexamples that are not yet made small, and how far it has come.
 * Every file is there as a whole or not at all, and what a state counts is there before it.
 */
export class HuntStore {
  readonly folder: string;
  readonly #corpus: string;
  readonly #pending: string;
  readonly #state: string;

  constructor(folder: string, { kernel, properties }: Quarry) {
    const hash = createHash('sha256')
      .update(JSON.stringify([kernel, properties]))
      .digest('hex')
      .slice(0, 8);
    this.folder = join(folder, 'hunt', `${kernel.replaceAll(/[^\w.-]+/g, '-')}-${hash}`);
    this.#corpus = join(this.folder, 'corpus');
    this.#pending = join(this.folder, 'found');
    this.#state = join(this.folder, 'state.json');
  }

  /** How far the last hunt came, if there was one. */
  readState(): HuntState | undefined {
    if (!existsSync(this.#state)) return undefined;
    return parseWith(stateSchema, parseJson(readText(this.#state), this.#state), this.#state, HINT);
  }

  writeState(state: HuntState): void {
    this.#write(this.folder, 'state.json', state);
  }

  /** Forgets how far the last hunt came, and its corpus, and keeps what this one begins with; what failed stays. */
  beginAfresh(atHand: readonly AtHand[]): void {
    rmSync(this.#state, { force: true });
    rmSync(this.#corpus, { recursive: true, force: true });
    this.#write(this.folder, BEGINNING, { cases: atHand });
  }

  /** The cases that the last hunt began with. */
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

  /** The cases of the corpus, in the order in which they came, up to a batch. */
  readEntries(before: number): readonly Omit<Kept, 'reached'>[] {
    return this.#files(this.#corpus).flatMap((name) => {
      const batch = Number.parseInt(name, 10);
      return batch < before ? [{ ...this.#read(join(this.#corpus, name)), batch }] : [];
    });
  }

  keepPending(batch: number, kind: CaseKind, { property, given }: FailingCase): void {
    this.#write(this.#pending, `${numbered(batch)}-${property}.json`, { kind, property, given });
  }

  readPending(): readonly Pending[] {
    return this.#files(this.#pending).map((name) => {
      const { property = '', given } = this.#read(join(this.#pending, name));
      return { batch: Number.parseInt(name, 10), property, given };
    });
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

  #files(folder: string): readonly string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => /^\d{8}-.*\.json$/.test(name))
      .toSorted();
  }

  #read(path: string): Filed {
    const filed = parseWith(filedSchema, parseJson(readText(path), path), path, HINT);
    return { ...filed, given: caseOf(filed, path) };
  }
}

/** A case as it was written: its fields stay in their order, by which it is changed. */
function caseOf({ kind, given }: z.output<typeof filedSchema>, path: string): Case {
  parseWith<Case>(caseSchemas[kind], given, path, HINT);
  return given as unknown as Case;
}
