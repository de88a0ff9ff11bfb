import { kernels, type Difference, type Kernel } from '../../model/index.ts';
import { partsOf, partsOfDifference, removedBy, type Parts } from './parts.ts';

/** A change in a kernel's history, and the parts of the specification that it touches. */
export interface ShownDifference {
  readonly since: string;
  readonly commit?: string;
  readonly why: string;
  /** Rules and steps that became other ones. */
  readonly changes: readonly string[];
  /** Ones that there were none of before. */
  readonly adds: readonly string[];
  readonly removes: readonly string[];
}

/** A kernel, and what it does differently from the one before it. */
export interface ShownKernel {
  readonly name: string;
  /** The kernel that the differences start from. */
  readonly from?: string;
  /** How many rules and steps it has. */
  readonly parts: number;
  /** Oldest first. */
  readonly differences: readonly ShownDifference[];
}

/** The specified kernel before one, if it is not the first. */
export function kernelBefore({ name }: Kernel): Kernel | undefined {
  const all = Object.values(kernels);
  return all[all.findIndex((kernel) => kernel.name === name) - 1];
}

/** 4019 for v4.19. */
const numberOf = (version: string): number => {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  return major * 1000 + minor;
};

/** Negative if the first version is the older one. */
export const compareVersions = (a: string, b: string): number => numberOf(a) - numberOf(b);

/** A specified kernel as its differences tell it. */
export function describeKernel(kernel: Kernel): ShownKernel {
  const before = kernelBefore(kernel);
  const parts = partsOf(kernel).size;
  if (before === undefined) return { name: kernel.name, parts, differences: [] };
  const old = partsOf(before);
  const differences = kernel.differences
    .map((difference) => describeDifference(difference, old))
    .toSorted((a, b) => compareVersions(a.since, b.since));
  return { name: kernel.name, from: before.name, parts, differences };
}

/** What a difference is said to change that brings another loop of kswapd. */
const WHOLE_LOOP = 'the loop of kswapd';

function describeDifference(difference: Difference, old: Parts): ShownDifference {
  const { since, commit, why, loop, ...rest } = difference;
  const now = partsOfDifference({ since, why, ...rest });
  const other = [...now.keys()].filter((name) => now.get(name) !== old.get(name));
  return {
    since,
    ...(commit === undefined ? {} : { commit }),
    why,
    changes: [...(loop === undefined ? [] : [WHOLE_LOOP]), ...other.filter((name) => old.has(name))],
    adds: other.filter((name) => !old.has(name)),
    removes: removedBy(difference),
  };
}
