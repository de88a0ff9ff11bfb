import { InvalidArgumentError } from 'commander';
import { availableParallelism } from 'node:os';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A number of cases, 1 or more. */
export function positiveCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number above 0, such as 1000.');
}

/** So many threads a core may be asked for, and so many on any machine. */
const MOST_A_CORE = 2;
const LEAST_MOST = 16;

/** A number of threads: each holds a model of its own, and more than the cores can run are of no use. */
export function workerCount(text: string): number {
  const cores = availableParallelism();
  const most = Math.max(LEAST_MOST, MOST_A_CORE * cores);
  const value = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : Infinity;
  if (value <= most) return value;
  const has = cores === 1 ? 'one core' : `${cores} cores`;
  throw new InvalidArgumentError(`expected a whole number from 1 to ${most}: this machine has ${has}.`);
}

/** A seed: any whole number of 32 bits. */
export function seedNumber(text: string): number {
  const value = /^-?\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (Number.isInteger(value) && value === (value | 0)) return value;
  throw new InvalidArgumentError('expected a whole number from -2147483648 to 2147483647.');
}

/** A time such as 30s, 500ms or 2m, in milliseconds. */
export function timeSpan(text: string): number {
  const [, amount, unit] = /^(\d{1,6}(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = amount === undefined || unit === undefined ? 0 : Number(amount) * UNITS[unit]!;
  if (ms > 0) return ms;
  throw new InvalidArgumentError('expected a time such as 30s, 500ms or 2m.');
}

/** So many milliseconds as an option says it: in the largest unit of which they are a whole number. */
export function spanText(ms: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(([, of]) => ms % of === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}
