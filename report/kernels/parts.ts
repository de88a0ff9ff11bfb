import type { Difference, Kernel } from '../../model/index.ts';

/** What a kernel is made of, by name: rules, and steps as `kswapd.checkRequest` or `directReclaim.shrink`. */
export type Parts = ReadonlyMap<string, unknown>;

/** The records that hold a small-step machine's steps. */
const STEPS: ReadonlySet<string> = new Set(['transitions', 'yields']);

/** Adds the rules of a record, and the steps of its small-step machines. */
function addParts(parts: Map<string, unknown>, record: object, machine = 'kswapd'): Map<string, unknown> {
  for (const [name, value] of Object.entries(record) as [string, unknown][]) {
    if (typeof value === 'function') parts.set(name, value);
    else if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    else if (!STEPS.has(name)) addParts(parts, value, name);
    else for (const [step, does] of Object.entries(value)) parts.set(`${machine}.${step}`, does);
  }
  return parts;
}

/** The parts that a kernel has. */
export function partsOf(kernel: Kernel): Parts {
  const parts = addParts(new Map(), kernel);
  for (const rule of kernel.absent) parts.delete(rule);
  return parts;
}

/** The parts that a difference names, as they are after it. */
export function partsOfDifference({ rules, loop, ...steps }: Difference): Parts {
  return addParts(addParts(addParts(new Map(), rules ?? {}), loop ?? {}), steps);
}

/** The parts that went away with a difference. */
export const removedBy = ({ removes = [], allocator: { without = [] } = {} }: Difference): readonly string[] => [
  ...removes,
  ...without.map((point) => `allocator.${point}`),
];

/** The parts in which two kernels differ: other ones, new ones and ones that are gone. */
export function differingParts(before: Kernel, after: Kernel): readonly string[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name));
}
