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

/** The kernel with every rule wrapped. */
function wrapped(kernel: Kernel, wrap: (name: string, rule: AnyRule) => AnyRule): Kernel {
  const rules = Object.entries(kernel)
    .filter(([name, value]) => typeof value === 'function' && !NO_RULES.has(name))
    .map(([name, rule]) => [name, wrap(name, rule as AnyRule)] as const);
  return Object.assign({ ...kernel }, Object.fromEntries(rules));
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
  const k = wrapped(kernel, (name, rule) => (own, ...args) => {
    const number = begun++;
    const open: OpenCall = { calls: [], reads: [] };
    const seen = args.map((arg) => (typeof arg === 'object' && arg !== null ? see(arg) : arg));
    stack.push(open);
    let answer: unknown;
    try {
      answer = rule(own, ...seen);
    } finally {
      stack.pop();
    }
    stack.at(-1)!.calls.push({ rule: name, number, args: seen, answer, calls: open.calls, reads: open.reads });
    return answer;
  });
  return { answer: ask(k), calls: top.calls };
}

const unwatched = <S>(state: S): S => state;

/** The kernel, but for the call that begins after so many others: that one is answered so. */
export function answeringOnce(kernel: Kernel, number: number, answer: unknown): Kernel {
  let begun = 0;
  return wrapped(
    kernel,
    (_name, rule) =>
      (k, ...args) =>
        begun++ === number ? answer : rule(k, ...args),
  );
}
