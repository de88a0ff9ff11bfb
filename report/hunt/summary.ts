import type { Kernel } from '../../model/index.ts';
import { caseKind, type CaseKind } from '../../properties/index.ts';
import type { HuntResult } from '../../search/hunt/result.ts';
import type { Made } from '../check/reporter.ts';

/** What a report says of a hunt. */
export interface HuntSummary {
  readonly kernel: Kernel;
  /** What the kernel is made from, if it is a user's own. */
  readonly made?: Made;
  readonly seed: number;
  /** How to hunt the same again, or how to go on where it was interrupted, as options of the command. */
  readonly next: { readonly how: 'again' | 'resume'; readonly options: string };
  readonly result: HuntResult;
  readonly exitCode: number;
  /** Milliseconds in all. */
  readonly ms: number;
}

/** The kinds of case that were hunted. */
export const kindsOf = ({ properties }: HuntResult): ReadonlySet<CaseKind> =>
  new Set(properties.map(({ property }) => caseKind(property)));
