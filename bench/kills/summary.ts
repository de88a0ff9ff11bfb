import { caseKind, type Property } from '../../properties/index.ts';
import type { KeptKill, KeptKills } from './kept.ts';

/** What is kept of a property in a kernel. */
interface InKernel extends KeptKill {
  readonly kernel: string;
}

/** A property beside what it kills in all kernels. */
export interface Worth {
  readonly property: Property;
  readonly kills: number;
  readonly alone: number;
  /** The first of those that it alone kills, with its kernel. */
  readonly example?: InKernel;
}

/** What every property kills. */
export const worthOf = (properties: readonly Property[], kept: readonly KeptKills[]): readonly Worth[] =>
  properties.map((property) => {
    const own = kept.flatMap(({ kernel, properties: judged }): readonly InKernel[] => {
      const kill = judged[property.id];
      return kill === undefined ? [] : [{ kernel, ...kill }];
    });
    const sum = (count: (one: InKernel) => number): number => own.reduce((total, one) => total + count(one), 0);
    const example = own.find(({ given }) => given !== undefined);
    return {
      property,
      kills: sum(({ kills }) => kills),
      alone: example === undefined ? 0 : sum(({ alone }) => alone),
      ...(example === undefined ? {} : { example }),
    };
  });

/** Whether a property fails wherever it is asked: then it is the kernel itself that it tells of. */
export const failsEverywhere = ({ verdicts }: Property): boolean =>
  Object.values(verdicts).every(({ holds }) => !holds);

/** What is wrong with a property: it is unique in nothing and does not say what it is kept for, or the reverse. */
export function objectionTo({ property, alone }: Worth): string | undefined {
  if (alone === 0 && property.keptFor === undefined && !failsEverywhere(property)) {
    return `${property.id} (${caseKind(property)}) alone notices nothing, and does not say what it is kept for`;
  }
  if (alone > 0 && property.keptFor !== undefined) {
    return `${property.id} says what it is kept for although it alone notices something`;
  }
  return undefined;
}
