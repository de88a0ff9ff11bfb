import { deriveKernel, v4_0, type Changes, type Kernel } from '../../../model/index.ts';

/** A kernel with one rule, or one step of its loop, broken. */
export interface ReplacedRule {
  /** The rule or the step. */
  readonly name: string;
  /** What is wrong with it. */
  readonly what: string;
  readonly kernel: Kernel;
}

type RuleChanges = Partial<Omit<Changes, 'name' | 'transitions' | 'yields'>>;
const nameOf = (base: Kernel, name: string, what: string): string => `${base.name}, but ${name}: ${what}`;

/** A kernel with the one rule that `rules` holds. */
export const rulesBrokenIn =
  (base: Kernel) =>
  (what: string, rules: RuleChanges): ReplacedRule => {
    const name = Object.keys(rules).join();
    return { name, what, kernel: deriveKernel(base, { name: nameOf(base, name, what), ...rules }) };
  };

type Step<T> = { readonly [P in keyof T]?: Partial<T[P]> };

/** A kernel with a part of one step of its loop replaced. */
export const transitionsBrokenIn =
  <K extends Kernel>(base: K) =>
  (what: string, steps: Step<K['transitions']>): ReplacedRule => {
    const name = Object.keys(steps).join();
    const transitions = merged(base.transitions, steps);
    return { name, what, kernel: deriveKernel(base, { name: nameOf(base, name, what), transitions }) };
  };

/** A kernel with a part of one of its yield points replaced. */
export const yieldsBrokenIn =
  <K extends Kernel>(base: K) =>
  (what: string, points: Step<K['yields']>): ReplacedRule => {
    const name = Object.keys(points).join();
    const yields = merged(base.yields, points);
    return { name, what, kernel: deriveKernel(base, { name: nameOf(base, name, what), yields }) };
  };

export const brokenRule = rulesBrokenIn(v4_0);
export const brokenTransition = transitionsBrokenIn(v4_0);
export const brokenYield = yieldsBrokenIn(v4_0);

function merged<T extends object>(whole: T, parts: Step<T>): Partial<T> {
  const changed: Partial<T> = {};
  for (const key of Object.keys(parts) as (keyof T)[]) changed[key] = { ...whole[key], ...parts[key] };
  return changed;
}
