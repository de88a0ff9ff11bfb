import type { AllocRunning, AllocTransition, DirectRunning, DirectTransition, Kernel } from '../model/index.ts';

/** A step of a program: where it may lead, what it does in words, and how. */
interface Step<A> {
  readonly to: readonly A[];
  readonly does: string;
  readonly step: (...args: never[]) => unknown;
}

/** The same step, done in another way, which may lead to other points as well. */
export const doneOtherwise = <A, S extends Step<A>>(base: S, step: S['step'], ...alsoTo: readonly A[]): S => ({
  ...base,
  to: [...base.to, ...alsoTo],
  step,
});

/** What a task of a kernel does at a point of the page allocator that the kernel has. */
export const allocatorStep = (k: Kernel, at: AllocRunning): AllocTransition => k.allocator.transitions[at]!;

/** What a task of a kernel does at a point of direct reclaim. */
export const directStep = (k: Kernel, at: DirectRunning): DirectTransition => k.directReclaim.transitions[at]!;
