import { measure, shrinkCase } from '../../shrinkers/index.ts';
import { findFirst } from '../find.ts';
import { showsBug } from '../showsBug.ts';
import type { Proof } from './proofs.ts';
import type { Length } from './scenarios.ts';

/** A case that a search came upon, made small. */
export interface ShrunkFind extends Length {
  /** The case as text; the same for the same case, in whatever order it was written. */
  readonly form: string;
  /** Milliseconds of processor time that it took to make it small. */
  readonly ms: number;
}

/** Looks for the bug of a proof with a seed, as check draws cases, and makes what is found small. */
export function shrunkFind({ bug, property }: Proof, seed: number, most: number): ShrunkFind | undefined {
  const shows = showsBug(bug, property);
  const found = findFirst(property, bug.faulty, seed, most, shows);
  if (found === undefined) return undefined;
  const start = process.cpuUsage();
  const { case: small } = shrinkCase(property.over, found.given, shows, { kernel: bug.faulty });
  const ms = process.cpuUsage(start).user / 1000;
  const [events = 0, turns = 0] = measure(small);
  return { events, turns, form: JSON.stringify(small, inOrder), ms };
}

/** The fields of a record in the order of their names. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
