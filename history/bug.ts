import type { Kernel } from '../model/index.ts';

/** What a bug harms: what must never happen, what must happen in the end, or what is counted, asked or waited for. */
export const BUG_KINDS = [
  'safety',
  'liveness',
  'lost request',
  'accounting',
  'throttling',
  'allocator',
  'other',
] as const;
export type BugKind = (typeof BUG_KINDS)[number];

/** One entry of kswapd's history: a bug that was fixed, a rule that was changed, or a fault that nobody reported. */
interface Entry {
  /** The commit that fixed or changed it, abbreviated to 12 digits (8 if no more are known), or a name. */
  readonly id: string;
  /** A few words: what went wrong. */
  readonly title: string;
  /** The version that has the fix, such as `3.16`, or what became of it. */
  readonly landed: string;
  readonly kind: BugKind;
  readonly status: 'bug' | 'rule change' | 'latent';
  /** What went wrong, how it showed, and what ended it: two to four sentences. */
  readonly story: string;
}

/** An entry that a kernel of the model shows. */
export interface Bug extends Entry {
  /** The kernel that has it: a specified one as it is, or one that is made from it by undoing the fix. */
  readonly faulty: Kernel;
  /** The same kernel without it. */
  readonly fixed: Kernel;
  /** The id of the property that the faulty kernel fails and the fixed one does not, on the kept case at least. */
  readonly property: string;
}

/** An entry that no kernel of the model can show, and why. */
export interface LeftOut extends Entry {
  readonly why: string;
}
