import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeBook } from '../../book/book.ts';
import { RULE_FAMILIES } from '../../book/families.ts';
import { commentFinder } from '../../book/modelComments.ts';
import { plain } from '../../book/markdown.ts';
import { pagePoints, programPages } from '../../book/programPages.ts';
import { ruleVersions } from '../../book/ruleText.ts';
import { stepVersions } from '../../book/stepText.ts';
import { sinceOf } from '../../book/versions.ts';
import { kernels } from '../../model/index.ts';
import { ROOT } from '../house/files.ts';

const book = makeBook();
const commentOf = commentFinder();

test('every step of every kernel has its section, with what it does there', () => {
  const machines = Object.values(kernels).flatMap((k) => [
    { k, machine: 'kswapd', steps: { ...k.transitions, ...k.yields } },
    { k, machine: 'allocator', steps: { ...k.allocator.transitions, ...k.allocator.yields } },
    { k, machine: 'directReclaim', steps: { ...k.directReclaim.transitions, ...k.directReclaim.yields } },
  ]);
  expect(machines.length).toBe(9);
  const missing = machines.flatMap(({ k, machine, steps }) => {
    const shown = programPages.find(({ program, kernels: of }) => program.machine === machine && of.includes(k))!;
    const sections = book.get(shown.path)!.split('\n### ');
    return Object.entries(steps).flatMap(([point, { does }]) =>
      sections.some((text) => text.startsWith(`\`${point}\`\n`) && text.includes(plain(does)))
        ? []
        : [`${k.name} ${machine}.${point}`],
    );
  });
  expect(missing).toEqual([]);
});

test('every change of a kernel is told, with its reason, at each step that it made or took away', () => {
  const told = (path: string, point: string, why: string): boolean =>
    book
      .get(path)!
      .split('\n### ')
      .some((text) => text.startsWith(`\`${point}\`\n`) && text.includes(plain(why)));
  const changes = Object.values(kernels).flatMap((k) =>
    k.differences.flatMap(({ why, loop, transitions = {}, directReclaim = {}, allocator = {} }) => [
      ...(loop === undefined ? [] : [{ path: 'loop-by-node.md', point: undefined, why }]),
      ...Object.keys(transitions).map((point) => ({ path: 'loop-by-node.md', point, why })),
      ...Object.keys({ ...directReclaim.transitions, ...directReclaim.yields }).map((point) => ({
        path: 'direct-reclaim.md',
        point,
        why,
      })),
      ...Object.keys({ ...allocator.transitions, ...allocator.yields })
        .concat(allocator.without ?? [])
        .map((point) => ({ path: 'allocator.md', point, why })),
    ]),
  );
  expect(changes.length).toBeGreaterThan(60);
  const untold = changes.filter(({ path, point, why }) =>
    point === undefined ? !book.get(path)!.includes(plain(why)) : !told(path, point, why),
  );
  expect(untold.map(({ path, point, why }) => `${path} ${point}: ${why}`)).toEqual([]);
});

describe('the comment that the book shows is the one above the very function', () => {
  const exportOf = async (module: string, name: string): Promise<unknown> => {
    const exported = (await import(/* @vite-ignore */ join(ROOT, `model/${module}.ts`))) as Readonly<
      Record<string, unknown>
    >;
    return exported[name];
  };

  test('of each rule, as each kernel has it', async () => {
    const versions = RULE_FAMILIES.flatMap(({ entries }) =>
      entries.flatMap((entry) => ruleVersions(entry).map((version) => ({ entry, version }))),
    );
    expect(versions.length).toBeGreaterThan(100);
    for (const { entry, version } of versions) {
      const { module, name } = commentOf(entry.name, '', sinceOf(version));
      if (typeof version.part !== 'function') continue;
      expect(await exportOf(module, name), `${entry.name} in ${module}`).toBe(version.part);
    }
  });

  test('of each step, as each kernel has it', async () => {
    const versions = programPages.flatMap((shown) =>
      pagePoints(shown).flatMap((point) => stepVersions(shown, point, commentOf)),
    );
    expect(versions.length).toBeGreaterThan(100);
    for (const { comment, part } of versions) {
      const exported = await exportOf(comment.module, comment.name);
      // One step is made by an exported function, for a record of its own.
      if (typeof exported === 'function') expect(comment.name).toBe('nextZone');
      else expect(exported, `${comment.name} in ${comment.module}`).toBe(part);
    }
  });
});
