import { InputError } from '../../kernel/inputError.ts';
import { kernels, type Kernel } from '../../model/index.ts';

/** A rule of a user's kernel threw. */
class RuleThrew extends Error {
  readonly rule: string;

  constructor(rule: string, cause: unknown) {
    super(`${rule} threw`, { cause });
    this.name = 'RuleThrew';
    this.rule = rule;
  }
}

/** The kernel with every rule and step that is its own made to tell its name when it throws. */
export const guarded = (kernel: Kernel): Kernel => guardedLike(kernel, kernels[kernel.base]!, '') as Kernel;

function guardedLike(own: unknown, base: unknown, name: string): unknown {
  if (own === base) return own;
  if (typeof own === 'function') return guardedFunction(own as (...args: readonly unknown[]) => unknown, name);
  if (typeof own !== 'object' || own === null || Array.isArray(own)) return own;
  const like = (base ?? {}) as Readonly<Record<string, unknown>>;
  const parts = Object.entries(own) as [string, unknown][];
  return Object.fromEntries(
    parts.map(([key, part]) => [key, guardedLike(part, like[key], name === '' ? key : `${name}.${key}`)]),
  );
}

const guardedFunction =
  (rule: (...args: readonly unknown[]) => unknown, name: string) =>
  (...args: readonly unknown[]): unknown => {
    try {
      return rule(...args);
    } catch (error) {
      throw error instanceof RuleThrew ? error : new RuleThrew(name, error);
    }
  };

/** What a user is told when a kernel throws while a case is run; the stack only if DEBUG is set. */
export function ruleError(kernel: Kernel, place: string, thrown: unknown, hint?: string): InputError {
  const rule = thrown instanceof RuleThrew ? thrown.rule : undefined;
  const error = thrown instanceof RuleThrew ? thrown.cause : thrown;
  const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = process.env['DEBUG'] && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  return new InputError({
    what: `${rule === undefined ? 'a rule' : `the rule ${rule}`} of the kernel ${kernel.name} throws`,
    where: place,
    expected: 'an answer for every state',
    found: found + stack,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Does something with a kernel in the place named; what a user's rules throw is told as a user's error. */
export function withRules<T>(kernel: Kernel, place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof InputError || kernel.name === kernel.base ? error : ruleError(kernel, place, error);
  }
}

/** The same for work that takes time. */
export async function withRulesAsync(kernel: Kernel, place: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    withRules(kernel, place, () => {
      throw error;
    });
  }
}
