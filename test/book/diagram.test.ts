import { expect, test } from 'vitest';
import { makeBook } from '../../book/book.ts';
import { loopGraph } from '../../book/diagram/graph.ts';
import { mermaid } from '../../book/diagram/mermaid.ts';
import { place } from '../../book/diagram/place.ts';
import { svg } from '../../book/diagram/svg.ts';
import { v4_0, YIELD_POINTS } from '../../model/index.ts';

const graph = loopGraph(v4_0);
const { transitions, yields } = v4_0;
const declared = Object.entries({ ...transitions, ...yields }).flatMap(([from, { to }]) =>
  to.map((point) => `${from} ${point}`),
);

const found = (text: string, arrow: RegExp): readonly string[] =>
  [...text.matchAll(arrow)].map(([, from, to]) => `${from} ${to}`).toSorted();

test('the Mermaid diagram on the page has exactly the model’s arrows', () => {
  expect(makeBook().get('loop.md')).toContain(mermaid(graph));
  expect(found(mermaid(graph), /^ {2}(\w+) --> (\w+)$/gm)).toEqual(declared.toSorted());
});

test('the picture has exactly the model’s arrows', () => {
  expect(found(svg(graph), /data-from="(\w+)" data-to="(\w+)"/g)).toEqual(declared.toSorted());
});

test('yield points, and they alone, have a shape of their own and say what they wait for', () => {
  const hexagons = [...mermaid(graph).matchAll(/^ {2}(\w+)\{\{"\w+<br\/>waits for (.+)"\}\}:::waits$/gm)];
  expect(hexagons.map(([, point, what]) => [point, what])).toEqual(
    YIELD_POINTS.map((point) => [point, yields[point].waitsFor]).toSorted((a, b) => order(a[0]!) - order(b[0]!)),
  );
  const polygons = [...svg(graph).matchAll(/<g data-point="(\w+)"><polygon/g)].map(([, point]) => point);
  expect(polygons.toSorted()).toEqual([...YIELD_POINTS].toSorted());
});

const order = (point: string): number => graph.nodes.findIndex(({ id }) => id === point);

test('no box of the picture touches another, nor a bend of an arrow, and all lie inside', () => {
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
