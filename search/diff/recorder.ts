import type { Kernel } from '../../model/index.ts';
import { makeWatch, type Read } from './watch.ts';

/** A rule that was asked, or a stretch of kswapd's loop: with what, what it answered, and what it asked in turn. */
export interface Call {
  readonly rule: string;
  /** How many calls began before it. */
  readonly number: number;
  /** What it was asked, without the kernel. */
  readonly args: readonly unknown[];
  readonly answer: unknown;
  readonly calls: readonly Call[];
  /** The numbers of the state that it looked at itself, in order; none unless they were watched. */
  readonly reads: readonly Read[];
}

type AnyRule = (k: unknown, ...args: readonly unknown[]) => unknown;

/** Functions of a kernel that are no rules: they do not take it. */
const NO_RULES: ReadonlySet<string> = new Set<keyof Kernel>(['startThread']);

/** What is done instead of asking a rule at once. */
type Asking = (name: string, rule: AnyRule, k: unknown, args: readonly unknown[]) => unknown;

/** A kernel whose rules can be listened to. */
interface Tapped {
  readonly kernel: Kernel;
  asking: Asking;
}

const atOnce: Asking = (_name, rule, k, args) => rule(k, ...args);

const tappedOf = new WeakMap<Kernel, Tapped>();

/** The kernel with every rule wrapped, made once for all questions. */
function tapped(kernel: Kernel): Tapped {
  const known = tappedOf.get(kernel);
  if (known !== undefined) return known;
  const made = { kernel: { ...kernel }, asking: atOnce };
  for (const [name, rule] of Object.entries(kernel)) {
    if (typeof rule !== 'function' || NO_RULES.has(name)) continue;
    const own = (k: unknown, ...args: readonly unknown[]): unknown => made.asking(name, rule as AnyRule, k, args);
    Object.assign(made.kernel, { [name]: own });
  }
  tappedOf.set(kernel, made);
  return made;
}

/** Asks a kernel something, with its rules asked in another way. */
function askWith<T>(kernel: Kernel, ask: (k: Kernel) => T, asking: Asking): T {
  const tap = tapped(kernel);
  tap.asking = asking;
  try {
    return ask(tap.kernel);
  } finally {
    tap.asking = atOnce;
  }
}

export interface RecordOptions {
  /** Whether the numbers that the rules look at are kept too. */
  readonly reads?: boolean;
}

export interface Recorded<T> {
  readonly answer: T;
  /** The calls that were made, outermost ones. */
  readonly calls: readonly Call[];
}

interface OpenCall {
  readonly calls: Call[];
  readonly reads: Read[];
}

/** Asks a kernel something, and keeps every rule that it asked. */
export function record<T>(kernel: Kernel, ask: (k: Kernel) => T, { reads = false }: RecordOptions = {}): Recorded<T> {
  const top: OpenCall = { calls: [], reads: [] };
  const stack: OpenCall[] = [top];
  const see = reads ? makeWatch((read) => stack.at(-1)!.reads.push(read)) : unwatched;
  let begun = 0;
  const answer = askWith(kernel, ask, (name, rule, k, args) => {
    const number = begun++;
    const open: OpenCall = { calls: [], reads: [] };
    const seen = args.map((arg) => (typeof arg === 'object' && arg !== null ? see(arg) : arg));
    stack.push(open);
    let said: unknown;
    try {
      said = rule(k, ...seen);
    } finally {
      stack.pop();
    }
    stack.at(-1)!.calls.push({ rule: name, number, args: seen, answer: said, calls: open.calls, reads: open.reads });
    return said;
  });
  return { answer, calls: top.calls };
}

const unwatched = <S>(state: S): S => state;

/** Asks a kernel something, with the call that begins after so many others answered so. */
export function askAnswering<T>(kernel: Kernel, ask: (k: Kernel) => T, number: number, answer: unknown): T {
  let begun = 0;
  return askWith(kernel, ask, (_name, rule, k, args) => (begun++ === number ? answer : rule(k, ...args)));
}
