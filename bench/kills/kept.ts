import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mistake } from '../../faults/systematic/index.ts';
import type { Case } from '../../properties/index.ts';
import { compactJson } from '../../search/compactJson.ts';
import type { AloneIn } from './keep.ts';
import type { Row } from './matrix.ts';

/** What is kept of a property: how many suspects it kills, and one that it alone kills, with a case. */
export interface KeptKill {
  readonly kills: number;
  readonly alone: number;
  readonly by?: string;
  readonly mistake?: Mistake;
  readonly given?: Case;
}

/** What is kept of a kernel: written by the command, and read by a test and the page. */
export interface KeptKills {
  readonly kernel: string;
  readonly seed: number;
  /** Times as many cases as usual. */
  readonly times: number;
  /** Suspects: all; those that do something else in some drawn case; of these, those that some property kills. */
  readonly suspects: number;
  readonly shown: number;
  readonly killed: number;
  /** Those that no property kills although they only throw or do not come to an end. */
  readonly broken: number;
  /** Those that show, and that no property kills. */
  readonly unnoticed: readonly string[];
  /** Ids of the properties that were judged. */
  readonly properties: Readonly<Record<string, KeptKill>>;
}

/** Where what came of it is kept. */
export const FOLDER = fileURLToPath(new URL('../../faults/kills', import.meta.url));

const pathOf = (kernel: string): string => join(FOLDER, `${kernel}.json`);

export function readKept(kernel: string): KeptKills | undefined {
  const path = pathOf(kernel);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as KeptKills) : undefined;
}

export const writeKept = (kept: KeptKills): void => writeFileSync(pathOf(kept.kernel), `${compactJson(kept)}\n`);

const keptKill = ({ kills, alone, suspect, given }: AloneIn): KeptKill =>
  suspect === undefined || given === undefined
    ? { kills, alone }
    : {
        kills,
        alone,
        by: suspect.id,
        ...(suspect.mistake === undefined ? {} : { mistake: suspect.mistake }),
        given,
      };

/** What is to be kept of a matrix. */
export function keptOf(
  about: Pick<KeptKills, 'kernel' | 'seed' | 'times'>,
  rows: readonly Row[],
  examples: readonly AloneIn[],
): KeptKills {
  const shown = rows.filter((row) => row.shown > 0);
  const unkilled = shown.filter(({ killedBy }) => killedBy.size === 0);
  const unnoticed = unkilled.filter(({ broke }) => broke === 0).map(({ suspect }) => suspect.id);
  return {
    ...about,
    suspects: rows.length,
    shown: shown.length,
    killed: shown.length - unkilled.length,
    broken: unkilled.length - unnoticed.length,
    unnoticed,
    properties: Object.fromEntries(examples.map((one) => [one.property.id, keptKill(one)])),
  };
}
