import type { PropertyResult } from '../../search/result.ts';

/** What a report says of the search as a whole. */
export interface CheckSummary {
  readonly kernel: string;
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
  readonly start?: (kernel: string, seed: number, properties: number) => string;
  readonly result?: (result: PropertyResult, savedAs: string | undefined) => string;
  readonly end: (summary: CheckSummary) => string;
}

export const count = (n: number): string => n.toLocaleString('en-US');

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
