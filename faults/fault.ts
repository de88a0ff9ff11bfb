import { deriveKernel, v4_0, type Changes, type Kernel } from '../model/index.ts';

/** A specified kernel but for one rule or step, which does something else than it should. */
export interface Fault {
  /** The rule, or the step as `kswapd.takeRequest`, `directReclaim.shrink` or `allocator.retry`. */
  readonly name: string;
  /** What is wrong with it. */
  readonly what: string;
  readonly kernel: Kernel;
}

type RuleChanges = Partial<Omit<Changes, 'name' | 'transitions' | 'yields'>>;

/** The name of a kernel with a fault. */
export const nameOf = (base: Kernel, name: string, what: string): string => `${base.name}, but ${name}: ${what}`;

/** A kernel with the one rule that `rules` holds. */
export const rulesBrokenIn =
  (base: Kernel) =>
  (what: string, rules: RuleChanges): Fault => {
    const name = Object.keys(rules).join();
    return { name, what, kernel: deriveKernel(base, { name: nameOf(base, name, what), ...rules }) };
  };

type Step<T> = { readonly [P in keyof T]?: Partial<T[P]> };

/** A kernel with a part of one step of its loop replaced. */
export const transitionsBrokenIn =
  <K extends Kernel>(base: K) =>
  (what: string, steps: Step<K['transitions']>): Fault => {
    const name = `kswapd.${Object.keys(steps).join()}`;
    const transitions = merged(base.transitions, steps);
    return { name, what, kernel: deriveKernel(base, { name: nameOf(base, name, what), transitions }) };
  };

/** A kernel with a part of one of its yield points replaced. */
export const yieldsBrokenIn =
  <K extends Kernel>(base: K) =>
  (what: string, points: Step<K['yields']>): Fault => {
    const name = `kswapd.${Object.keys(points).join()}`;
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
