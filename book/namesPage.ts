import type { DocComment } from './comments.ts';
import { RULE_FAMILIES } from './families.ts';
import { readSource } from './kernelSource.ts';
import { code, link, page, slug, table } from './markdown.ts';
import { MACHINE_MOVES } from './machinesPage.ts';
import type { CommentFinder } from './modelComments.ts';
import { pagePoints, programPages } from './programPages.ts';
import { stepVersions } from './stepText.ts';
import { ruleVersions } from './ruleText.ts';
import { sinceOf } from './versions.ts';

/** A place of the book, and what the model says of what is described there. */
interface Place {
  readonly comment: DocComment;
  readonly name: string;
  readonly target: string;
}

interface Named {
  readonly file: string;
  readonly kernelName: string;
  readonly links: readonly string[];
}

const rulePlaces = (commentOf: CommentFinder): readonly Place[] =>
  RULE_FAMILIES.flatMap(({ id, entries }) =>
    entries.flatMap((entry) =>
      ruleVersions(entry).map((version) => ({
        comment: commentOf(entry.name, '', sinceOf(version)),
        name: entry.name,
        target: `rules/${id}.md#${slug(entry.name)}`,
      })),
    ),
  );

const stepPlaces = (commentOf: CommentFinder): readonly Place[] =>
  programPages.flatMap((shown) =>
    pagePoints(shown).flatMap((point) =>
      stepVersions(shown, point, commentOf).map(({ comment }) => ({
        comment,
        name: point,
        target: `${shown.path}#${slug(point)}`,
      })),
    ),
  );

const machinePlaces = (commentOf: CommentFinder): readonly Place[] =>
  MACHINE_MOVES.map((name) => ({ comment: commentOf(name, 'whole/'), name, target: `machines.md#${slug(name)}` }));

/** The kernel's names, file by file, and where the book speaks of each. */
export function namesPage(commentOf: CommentFinder): string {
  const named = new Map<string, Named>();
  const places = [rulePlaces, stepPlaces, machinePlaces].flatMap((placesOf) => placesOf(commentOf));
  for (const { comment, name, target } of places) {
    for (const { file, names } of comment.kernel.map(readSource)) {
      for (const kernelName of names) {
        const before = named.get(`${file} ${kernelName}`)?.links ?? [];
        const links = [...new Set([...before, link(code(name), target)])];
        named.set(`${file} ${kernelName}`, { file, kernelName, links });
      }
    }
  }
  const files = [...new Set([...named.values()].map(({ file }) => file))].toSorted();
  return page(
    link('kswapd, specified', 'README.md'),
    '# By the kernel’s names',
    'Where each function of Linux that is specified here is described, for all kernels. Our names are the kernel’s, ' +
      'in the language’s case; a long function of the kernel is several points of [the loop](loop.md), of ' +
      '[the loop by node](loop-by-node.md), of [the page allocator](allocator.md) or of ' +
      '[direct reclaim](direct-reclaim.md).',
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
