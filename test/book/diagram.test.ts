import { describe, expect, test } from 'vitest';
import { makeBook } from '../../book/book.ts';
import { partOf, programGraph, withoutPart, type Graph } from '../../book/diagram/graph.ts';
import { mermaid } from '../../book/diagram/mermaid.ts';
import { place } from '../../book/diagram/place.ts';
import { svg } from '../../book/diagram/svg.ts';
import { ALLOCATOR, DIRECT_RECLAIM, LOOP } from '../../book/programs.ts';
import { kernels, type Kernel } from '../../model/index.ts';

const book = makeBook();
const PAGES = [
  [LOOP, 'loop.md', ['v4.0']],
  [LOOP, 'loop-by-node.md', ['v4.19', 'v5.9']],
  [DIRECT_RECLAIM, 'direct-reclaim.md', ['v4.0', 'v4.19', 'v5.9']],
] as const;

interface Step {
  readonly to: readonly string[];
}

/** The steps that the model itself declares, straight from the kernel. */
const stepsOf = (machine: string, k: Kernel): Readonly<Record<string, Step>> => {
  const { transitions, yields } = machine === 'kswapd' ? k : k[machine as 'allocator' | 'directReclaim'];
  return { ...transitions, ...yields };
};

const declared = (machine: string, k: Kernel): readonly string[] =>
  Object.entries(stepsOf(machine, k))
    .flatMap(([from, { to }]) => to.map((point) => `${from} ${point}`))
    .toSorted();

const arrowsOf = ({ arrows }: Graph): readonly string[] => arrows.map(({ from, to }) => `${from} ${to}`);

const found = (text: string, arrow: RegExp): readonly string[] =>
  [...text.matchAll(arrow)].map(([, from, to]) => `${from} ${to}`).toSorted();

describe.each(PAGES.flatMap(([program, path, names]) => names.map((name) => [name, path, program] as const)))(
  'of %s, %s',
  (name, path, program) => {
    const k = kernels[name]!;
    const graph = programGraph(program, k);

    test('the Mermaid diagram on the page has exactly the model’s arrows', () => {
      expect(book.get(path)).toContain(mermaid(graph));
      expect(found(mermaid(graph), /^ {2}(\w+) --> (\w+)$/gm)).toEqual(declared(program.machine, k));
    });

    test('the picture has exactly the model’s arrows', () => {
      expect(found(svg('picture', graph), /data-from="(\w+)" data-to="(\w+)"/g)).toEqual(declared(program.machine, k));
    });

    test('yield points, and they alone, have a shape of their own and say what they wait for', () => {
      const steps = program.machine === 'kswapd' ? k : k.directReclaim;
      const waits = Object.entries(steps.yields).map(([point, { waitsFor }]) => [point, waitsFor]);
      const hexagons = [...mermaid(graph).matchAll(/^ {2}(\w+)\{\{"\w+<br\/>waits for (.+)"\}\}:::waits$/gm)];
      expect(hexagons.map(([, point, what]) => [point, what]).toSorted()).toEqual(waits.toSorted());
      const polygons = [...svg('picture', graph).matchAll(/<g data-point="(\w+)"><polygon/g)].map(([, point]) => point);
      expect(polygons.toSorted()).toEqual(waits.map(([point]) => point).toSorted());
    });
  },
);

const ATTEMPT = { from: 'getPageFromFreelist', exit: 'endOfScan' };

describe.each(Object.values(kernels))('of $name, the page allocator', (k) => {
  const whole = programGraph(ALLOCATOR, k);
  const attempt = partOf(whole, ATTEMPT, 'nothingFound');
  const around = withoutPart(whole, ATTEMPT);

  test('is drawn with all the model’s arrows', () => {
    expect(arrowsOf(whole).toSorted()).toEqual(declared('allocator', k));
  });

  test('shows each arrow in one of its two diagrams, or where an attempt ends in both', () => {
    const inside = new Set(attempt.nodes.map(({ id }) => id).filter((id) => id !== 'done'));
    for (const arrow of declared('allocator', k)) {
      const [from = '', to = ''] = arrow.split(' ');
      const leaves = inside.has(from) && !inside.has(to);
      if (inside.has(from))
        expect(arrowsOf(attempt)).toContain(leaves && from === ATTEMPT.exit ? `${from} nothingFound` : arrow);
      if (!inside.has(from)) expect(arrowsOf(around)).toContain(arrow);
      if (leaves) expect(arrowsOf(around)).toContain(`getPageFromFreelist ${to}`);
    }
  });

  test('has both diagrams on its page', () => {
    const page = book.get('allocator.md');
    expect([page?.includes(mermaid(attempt)), page?.includes(mermaid(around))]).toEqual([true, true]);
  });

  test('goes on from an attempt that found nothing to where it was begun from', () => {
    const beyond = whole.arrows.filter(({ from }) => from === 'endOfScan').map(({ to }) => to);
    expect(around.arrows.filter(({ from }) => from === 'getPageFromFreelist').map(({ to }) => to)).toEqual(
      expect.arrayContaining(beyond.filter((to) => !attempt.nodes.some(({ id }) => id === to))),
    );
    expect(arrowsOf(around).every((arrow) => !arrow.includes('endOfScan'))).toBe(true);
  });
});

const drawn = Object.values(kernels).flatMap((k) => {
  const allocator = programGraph(ALLOCATOR, k);
  return [
    [`the loop of ${k.name}`, programGraph(LOOP, k)],
    [`direct reclaim of ${k.name}`, programGraph(DIRECT_RECLAIM, k)],
    [`an attempt of ${k.name}`, partOf(allocator, ATTEMPT, 'nothingFound')],
    [`the allocator of ${k.name}`, withoutPart(allocator, ATTEMPT)],
  ] as const;
});

test.each(drawn)('no box of %s touches another, nor a bend of an arrow, and all lie inside', (_what, graph) => {
  const { boxes, width, height } = place(graph);
  const all = [...boxes.values()];
  const touching = all.flatMap((a, i) =>
    all
      .slice(i + 1)
      .filter((b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 + 8 && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} / ${b.id}`),
  );
  expect(touching).toEqual([]);
  const inside = all.every(
    (b) => b.x - b.width / 2 > 8 && b.x + b.width / 2 < width && b.y > 0 && b.y + b.height < height,
  );
  expect(inside).toBe(true);
});
