import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Mutant } from './mutants.ts';

/** A place at which the model may be changed without any difference to what it answers. */
const equivalentSchema = z.strictObject({
  file: z.string(),
  /** What the text stands in, outermost first. */
  within: z.string(),
  text: z.string(),
  /** What it may be changed to. */
  to: z.array(z.string()).min(1),
  /** Why nobody can tell. */
  why: z.string(),
});
export type Equivalent = z.infer<typeof equivalentSchema>;

const FILE = new URL('../../test/mutation/equivalent.json', import.meta.url);

/** The list of equivalent mutants. */
export const equivalents = (): readonly Equivalent[] =>
  z.array(equivalentSchema).parse(JSON.parse(readFileSync(FILE, 'utf8')));

const isAt = ({ file, within, text }: Equivalent, mutant: Mutant): boolean =>
  file === mutant.file && within === mutant.within && text === mutant.text;

const SURVIVED: ReadonlySet<string> = new Set(['Survived', 'NoCoverage']);
const FELL: ReadonlySet<string> = new Set(['Killed', 'Timeout']);

/** What came of some mutants. */
export interface Outcome {
  readonly mutants: number;
  readonly killed: number;
  readonly timeouts: number;
  /** That survived, as the list says they must. */
  readonly equivalent: number;
  readonly survivors: readonly Mutant[];
  /** Met while the model is loaded, and not tried. */
  readonly leftOut: number;
  /** Killed, of those that could be, from 0 to 1. */
  readonly score: number;
}

/** Sorts mutants by what came of them. */
export function outcomeOf(mutants: readonly Mutant[], list: readonly Equivalent[]): Outcome {
  const isListed = (mutant: Mutant): boolean => list.some((one) => isAt(one, mutant) && one.to.includes(mutant.to));
  const survived = mutants.filter(({ status }) => SURVIVED.has(status));
  const survivors = survived.filter((mutant) => !isListed(mutant));
  const fallen = mutants.filter(({ status }) => FELL.has(status)).length;
  return {
    mutants: mutants.length,
    killed: fallen,
    timeouts: mutants.filter(({ status }) => status === 'Timeout').length,
    equivalent: survived.length - survivors.length,
    survivors,
    leftOut: mutants.length - survived.length - fallen,
    score: fallen + survivors.length === 0 ? 1 : fallen / (fallen + survivors.length),
  };
}

/** Entries of the list about tried files that no mutant survives as, each as a line. */
export const stale = (mutants: readonly Mutant[], list: readonly Equivalent[]): readonly string[] => {
  const tried = new Set(mutants.map(({ file }) => file));
  return list
    .filter(({ file }) => tried.has(file))
    .flatMap((one) => one.to.map((to) => ({ one, to })))
    .filter(
      ({ one, to }) => !mutants.some((mutant) => isAt(one, mutant) && mutant.to === to && SURVIVED.has(mutant.status)),
    )
    .map(({ one, to }) => `${one.file} ${one.within}: ${one.text} → ${to}`);
};
