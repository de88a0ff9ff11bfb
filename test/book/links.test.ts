import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { makeBook } from '../../book/book.ts';
import { slug } from '../../book/markdown.ts';

const book = makeBook();
const pages = [...book].filter(([path]) => path.endsWith('.md'));

/** Text of a page without its code blocks, where brackets are no links. */
const prose = (text: string): string => text.replaceAll(/^```[\s\S]*?^```$/gm, '');

const anchors = (text: string): readonly string[] => [
  ...[...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading!)),
  ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!),
];

const links = (text: string): readonly string[] =>
  [...prose(text).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target!);

test('every internal link leads to a file and to an anchor in it', () => {
  const broken = pages.flatMap(([path, text]) =>
    links(text)
      .filter((target) => !target.startsWith('https://'))
      .flatMap((target) => {
        const [file = '', anchor] = target.split('#');
        const to = file === '' ? path : posix.join(posix.dirname(path), file);
        const there = book.get(to);
        const found = there !== undefined && (anchor === undefined || anchors(there).includes(anchor));
        return found ? [] : [`${path}: ${target}`];
      }),
  );
  expect(broken).toEqual([]);
});

test('no page has two anchors of one name', () => {
  const twice = pages.flatMap(([path, text]) => {
    const all = anchors(text);
    return all.filter((anchor, i) => all.indexOf(anchor) !== i).map((anchor) => `${path}: ${anchor}`);
  });
  expect(twice).toEqual([]);
});

test('every file but the first page is linked from somewhere', () => {
  const linked = new Set(
    pages.flatMap(([path, text]) =>
      links(text).map((target) => posix.join(posix.dirname(path), target.split('#')[0] ?? '')),
    ),
  );
  expect([...book.keys()].filter((path) => path !== 'README.md' && !linked.has(path))).toEqual([]);
});
