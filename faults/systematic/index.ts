import type { Kernel } from '../../model/index.ts';
import { nameOf, type Fault } from '../fault.ts';
import { operators, type Operator, type OperatorName } from './operators.ts';
import { changeParts } from './parts.ts';

export { changedFields, endsOf } from './change.ts';
export type { OperatorName } from './operators.ts';
export { changeParts, type PartFunction } from './parts.ts';
export { SLOTS } from './slots.ts';

/** A mistake of a kind, made in one part: `on` is the field, the point or the argument that it is about. */
export interface Mistake {
  readonly part: string;
  readonly operator: OperatorName;
  readonly on: string;
}

/** A kernel with a mistake in one part. */
export function systematicFault(base: Kernel, { part, operator, on }: Mistake): Fault {
  const { what, apply }: Operator = operators[operator];
  const text = what(on);
  const kernel = changeParts(base, (name, as) => (name === part ? apply(as, on, part) : as));
  return { name: part, what: text, kernel: { ...kernel, name: nameOf(base, part, text) } };
}

/** A part with a mistake in it. */
export const mistaken = ({ part, operator, on }: Mistake, as: (...args: readonly unknown[]) => unknown) =>
  operators[operator].apply(as, on, part);
