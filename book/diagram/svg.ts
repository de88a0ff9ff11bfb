import type { Graph, GraphNode } from './graph.ts';
import type { Chain } from './layers.ts';
import { place, type Box, type Drawing } from './place.ts';

const LINE = 17;

/** A number with one digit after the point at most, so that every machine writes the same file. */
const round = (value: number): string => String(Math.round(value * 10) / 10);

const STYLE = `
    text { font: 13px "DejaVu Sans", Verdana, sans-serif; text-anchor: middle; fill: #222 }
    .name { font-weight: bold }
    .point { fill: #eef4fb; stroke: #2b5d8c; stroke-width: 1.5 }
    .waits { fill: #fff3d6; stroke: #b26a00; stroke-width: 1.5 }
    .begins { stroke-width: 3.5 }
    .ends { fill: #eee; stroke: #666; stroke-width: 1.5 }
    .arrow { fill: none; stroke: #555; stroke-width: 1.4 }
    .back { stroke: #8a3ffc }
  `;

const MARKERS = [
  ['down', '#555'],
  ['up', '#8a3ffc'],
].map(
  ([id, colour]) =>
    `    <marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">` +
    `<path d="M 0 0 L 10 5 L 0 10 z" fill="${colour}"/></marker>`,
);

/** A machine as a picture. Arrows that lead back to an earlier point have a colour of their own. */
export function svg(title: string, graph: Graph): string {
  const drawing = place(graph);
  const [width, height] = [round(drawing.width), round(drawing.height)];
  const first = graph.nodes[0]!.id;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}">`,
    `  <title>${escaped(title)}</title>`,
    `  <style>${STYLE}</style>`,
    '  <defs>',
    ...MARKERS,
    '  </defs>',
    `  <rect width="${width}" height="${height}" fill="#fff"/>`,
    ...drawing.chains.map((chain) => arrow(drawing, chain)),
    ...drawing.loops.map((id) => selfArrow(drawing.boxes.get(id)!)),
    ...graph.nodes.map((node) => box(node, drawing.boxes.get(node.id)!, node.id === first)),
    '</svg>',
    '',
  ].join('\n');
}

function arrow(drawing: Drawing, chain: Chain): string {
  const { from, to, places, upwards } = chain;
  const boxes = places.map((id) => drawing.boxes.get(id)!);
  const start = port(drawing, boxes[0]!, chain, 'below');
  const end = port(drawing, boxes.at(-1)!, chain, 'above');
  const points = [
    start,
    ...boxes.slice(1, -1).flatMap(({ x, y, height }) => [[x, y] as const, [x, y + height] as const]),
    end,
  ];
  const way = upwards ? points.toReversed() : points;
  const data = way.map(([x, y], i) => {
    const before = way[i - 1];
    if (before === undefined) return `M ${round(x)} ${round(y)}`;
    const middle = round((before[1] + y) / 2);
    // Between two layers a curve; across a layer, where a bend is, a straight line.
    return i % 2 === 0
      ? `L ${round(x)} ${round(y)}`
      : `C ${round(before[0])} ${middle} ${round(x)} ${middle} ${round(x)} ${round(y)}`;
  });
  const look = upwards ? 'class="arrow back" marker-end="url(#up)"' : 'class="arrow" marker-end="url(#down)"';
  return `  <path ${look} data-from="${from}" data-to="${to}" d="${data.join(' ')}"/>`;
}

/** Where an edge meets the lower or upper side of a box. Edges share a side in the order of their next places. */
function port({ boxes, chains }: Drawing, { id, x, y, width, height }: Box, chain: Chain, side: 'below' | 'above') {
  const meets = chains.filter(({ places }) => (side === 'below' ? places[0] : places.at(-1)) === id);
  const next = ({ places }: Chain): number => boxes.get(side === 'below' ? places[1]! : places.at(-2)!)!.x;
  const index = meets.toSorted((a, b) => next(a) - next(b)).indexOf(chain);
  const across = x + (width * 0.7 * (index + 1)) / (meets.length + 1) - width * 0.35;
  return [across, side === 'below' ? y + height : y] as const;
}

/** An arrow from the right side of a box back to it. */
function selfArrow({ id, x, y, width, height }: Box): string {
  const [right, out] = [round(x + width / 2), round(x + width / 2 + 24)];
  const [upper, lower] = [round(y + height * 0.25), round(y + height * 0.75)];
  return (
    `  <path class="arrow back" marker-end="url(#up)" data-from="${id}" data-to="${id}" ` +
    `d="M ${right} ${upper} C ${out} ${upper} ${out} ${lower} ${right} ${lower}"/>`
  );
}

function box({ id, waitsFor, ends }: GraphNode, { lines, x, y, width, height }: Box, begins: boolean): string {
  const [left, right, bottom, middle] = [x - width / 2, x + width / 2, y + height, y + height / 2];
  const hexagon = [
    [left - 8, middle],
    [left + 4, y],
    [right - 4, y],
    [right + 8, middle],
    [right - 4, bottom],
    [left + 4, bottom],
  ];
  const shape =
    waitsFor !== undefined
      ? `<polygon class="waits" points="${hexagon.map((corner) => corner.map(round).join(',')).join(' ')}"/>`
      : `<rect class="${ends ? 'ends' : begins ? 'point begins' : 'point'}" x="${round(left)}" ` +
        `y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${ends ? 14 : 5}"/>`;
  const first = middle - (lines.length * LINE) / 2 + 13;
  const texts = lines.map(
    (line, i) =>
      `<text${i === 0 ? ' class="name"' : ''} x="${round(x)}" y="${round(first + i * LINE)}">${escaped(line)}</text>`,
  );
  return `  <g data-point="${id}">${[shape, ...texts].join('')}</g>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
