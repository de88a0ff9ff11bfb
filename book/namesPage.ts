import { pointsOf, type Kernel } from '../model/index.ts';
import type { DocComment } from './comments.ts';
import { RULE_FAMILIES } from './families.ts';
import { readSource } from './kernelSource.ts';
import { code, link, page, slug, table } from './markdown.ts';

interface Named {
  readonly file: string;
  readonly kernelName: string;
  readonly links: readonly string[];
}

/** The kernel's names, file by file, and where the book speaks of each. */
export function namesPage(k: Kernel, commentOf: (name: string, folder?: string) => DocComment): string {
  const places = [
    ...RULE_FAMILIES.flatMap(({ id, entries }) =>
      entries.map(({ name }) => ({ comment: commentOf(name), target: `rules/${id}.md#${slug(name)}` })),
    ),
    ...pointsOf(k)
      .filter((point) => point !== 'stopped')
      .map((point) => ({
        comment: commentOf(point, 'loop/byZone/'),
        target: `loop.md#${slug(point)}`,
      })),
  ];
  const named = new Map<string, Named>();
  for (const { comment, target } of places) {
    for (const { file, names } of comment.kernel.map(readSource)) {
      for (const kernelName of names) {
        const before = named.get(`${file} ${kernelName}`)?.links ?? [];
        named.set(`${file} ${kernelName}`, { file, kernelName, links: [...before, link(code(comment.name), target)] });
      }
    }
  }
  const files = [...new Set([...named.values()].map(({ file }) => file))].toSorted();
  return page(
    link('kswapd, specified', 'README.md'),
    '# By the kernel’s names',
    `Where each function of Linux ${k.name} that is specified here is described. Our names are the kernel’s, ` +
      'in the language’s case; a long function of the kernel is several points of [the loop](loop.md).',
    files.flatMap((file) => [
      `## ${code(file)}`,
      table(
        ['in the kernel', 'here'],
        [...named.values()]
          .filter((one) => one.file === file)
          .toSorted((a, b) => (a.kernelName < b.kernelName ? -1 : 1))
          .map(({ kernelName, links }) => [code(kernelName), links.join(', ')]),
      ),
    ]),
  );
}
