import { kernels, type Kernel } from '../model/index.ts';
import { listed } from './markdown.ts';

/** The kernels that the book speaks of, oldest first. */
export const KERNELS: readonly Kernel[] = Object.values(kernels);

/** A part of the specification in one form, and the kernels that have it in this form, oldest first. */
export interface Version<T> {
  readonly part: T;
  readonly kernels: readonly string[];
}

/** The forms that a part took from kernel to kernel. A kernel that has no such part says undefined. */
export function versionsOf<T>(partOf: (k: Kernel) => T | undefined, among = KERNELS): readonly Version<T>[] {
  const versions: Version<T>[] = [];
  for (const k of among) {
    const part = partOf(k);
    if (part === undefined) continue;
    const last = versions.at(-1);
    if (last?.part === part) versions[versions.length - 1] = { part, kernels: [...last.kernels, k.name] };
    else versions.push({ part, kernels: [k.name] });
  }
  return versions;
}

/** The kernel that a version came with. */
export const sinceOf = ({ kernels: [first] }: Version<unknown>): string => first!;

/** The first kernel without the part that an earlier one has, if there is one. */
export function goneIn(versions: readonly Version<unknown>[], among = KERNELS): Kernel | undefined {
  const last = versions.at(-1)?.kernels.at(-1);
  return among[among.findIndex(({ name }) => name === last) + 1];
}

/** The kernel by its name. */
export const kernelNamed = (name: string): Kernel => KERNELS.find((k) => k.name === name)!;

/** Which kernels have the part, and in which it changed: `In v4.0, changed in v4.19, the same in v5.9.` */
export function historyText(versions: readonly Version<unknown>[], among = KERNELS): string {
  const [first, ...later] = versions;
  if (first === undefined) throw new Error('No kernel has a part that the book speaks of');
  if (first.kernels.length === among.length) return `The same in ${listed(first.kernels)}.`;
  const gone = goneIn(versions, among);
  const lead = sinceOf(first) === among[0]?.name ? 'In' : 'New in';
  const same = ({ kernels: [, ...rest] }: Version<unknown>): readonly string[] =>
    rest.length === 0 ? [] : [`the same in ${listed(rest)}`];
  return `${[
    `${lead} ${sinceOf(first)}`,
    ...same(first),
    ...later.flatMap((version) => [`changed in ${sinceOf(version)}`].concat(same(version))),
    ...(gone === undefined ? [] : [`gone in ${gone.name}`]),
  ].join(', ')}.`;
}
