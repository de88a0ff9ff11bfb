import type { Kernel } from '../model/index.ts';
import { describeKernel, type ShownDifference } from '../report/kernels/describe.ts';
import { code, link, plain } from './markdown.ts';

/** The changes of a kernel's history that made a part what it is there, or took it away; oldest first. */
const reasonsFor = (k: Kernel, part: string): readonly ShownDifference[] =>
  describeKernel(k).differences.filter(({ changes, adds, removes }) =>
    [...changes, ...adds, ...removes].includes(part),
  );

/** A change as a line of a list: since when, by which commit, and why. */
export function reasonText({ since, commit, why }: ShownDifference): string {
  const tree = 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=';
  const source = commit === undefined ? '' : ` (${link(code(commit), tree + commit)})`;
  return `- **${since}**${source}: ${plain(why)}`;
}

/** Changes as a list; nothing without any. */
export const reasonsText = (k: Kernel, part: string): string => reasonsFor(k, part).map(reasonText).join('\n');
