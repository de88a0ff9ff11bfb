import type { Kernel } from '../../model/index.ts';
import { judge, type Case, type Failure } from '../../properties/index.ts';
import type { Litmus, Outcome } from './litmus.ts';
import { waysOf } from './ways.ts';

/** What a litmus case comes to in a kernel. */
export interface LitmusResult {
  readonly outcome: Outcome;
  /** Ways in which its events may fall, and in how many of them it happens. */
  readonly ways: number;
  readonly happens: number;
  /** The first way in which it happens, or else the first of all. */
  readonly shown: Case;
  readonly failure?: Failure;
}

/** A case, and the failure that it asks about. */
type Asked = Pick<Litmus, 'property' | 'given' | 'anywhere'>;

/** Runs a litmus case in all its ways. */
export function runLitmus(litmus: Asked, kernel: Kernel): LitmusResult {
  let ways = 0;
  let happens = 0;
  let first: { readonly shown: Case; readonly failure: Failure } | undefined;
  for (const way of waysOf(litmus)) {
    ways++;
    const failure = judge(litmus.property, kernel, way);
    if (failure === undefined) continue;
    happens++;
    first ??= { shown: way, failure };
  }
  const outcome = happens === 0 ? 'never' : happens === ways ? 'always' : 'sometimes';
  const [one] = waysOf(litmus);
  return { outcome, ways, happens, ...(first ?? { shown: one! }) };
}
