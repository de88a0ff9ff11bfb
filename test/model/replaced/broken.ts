import { deriveKernel, v4_0, type Changes, type Kernel } from '../../../model/index.ts';

/** v4.0 with one rule, or one step of its loop, broken. */
export interface ReplacedRule {
  /** The rule or the step. */
  readonly name: string;
  /** What is wrong with it. */
  readonly what: string;
  readonly kernel: Kernel;
}

type RuleChanges = Partial<Omit<Changes, 'name' | 'transitions' | 'yields'>>;
const nameOf = (name: string, what: string): string => `v4.0, but ${name}: ${what}`;

/** v4.0 with the one rule that `rules` holds. */
export function brokenRule(what: string, rules: RuleChanges): ReplacedRule {
  const name = Object.keys(rules).join();
  return { name, what, kernel: deriveKernel(v4_0, { name: nameOf(name, what), ...rules }) };
}

type Step<T> = { readonly [P in keyof T]?: Partial<T[P]> };

/** v4.0 with a part of one step of its loop replaced. */
export function brokenTransition(what: string, steps: Step<Kernel['transitions']>): ReplacedRule {
  const name = Object.keys(steps).join();
  const transitions = merged(v4_0.transitions, steps);
  return { name, what, kernel: deriveKernel(v4_0, { name: nameOf(name, what), transitions }) };
}

/** v4.0 with a part of one of its yield points replaced. */
export function brokenYield(what: string, points: Step<Kernel['yields']>): ReplacedRule {
  const name = Object.keys(points).join();
  const yields = merged(v4_0.yields, points);
  return { name, what, kernel: deriveKernel(v4_0, { name: nameOf(name, what), yields }) };
}

function merged<T extends object>(whole: T, parts: Step<T>): Partial<T> {
  const changed: Partial<T> = {};
  for (const key of Object.keys(parts) as (keyof T)[]) changed[key] = { ...whole[key], ...parts[key] };
  return changed;
}
