import type { PropertyResult } from '../../search/result.ts';

/** What a user's kernel is made from. */
export interface Made {
  readonly from: string;
  /** The rules and steps that it has other ones of. */
  readonly changes: readonly string[];
}

/** What a report says of the search as a whole. */
export interface CheckSummary {
  readonly kernel: string;
  /** What the kernel is made from, if it is a user's own: the kernel's name, and the rules that are other ones. */
  readonly made?: Made;
  readonly seed: number;
  /** How to do the same again, as options of the command. */
  readonly again: string;
  readonly results: readonly PropertyResult[];
  readonly exitCode: number;
  /** Milliseconds in all. */
  readonly ms: number;
}

/** One way to show a check: each text it returns is written at once. */
export interface CheckReporter {
  readonly start?: (search: Pick<CheckSummary, 'kernel' | 'made' | 'seed'>, properties: number) => string;
  readonly result?: (result: PropertyResult, savedAs: string | undefined) => string;
  readonly end: (summary: CheckSummary) => string;
}

export const count = (n: number): string => n.toLocaleString('en-US');

/** `1 property`, `62 properties`. */
export const propertyCount = (n: number): string => `${count(n)} ${n === 1 ? 'property' : 'properties'}`;

const UNITS = [
  [1000, 'ms', 1],
  [60_000, 's', 1000],
] as const;

/** A time as people say it: `35 ms`, `2.1 s`. */
export function duration(ms: number): string {
  const [, unit, divisor] = UNITS.find(([below]) => ms < below) ?? UNITS[1];
  const value = ms / divisor;
  return `${divisor === 1 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${unit}`;
}
