import type { Graph } from './graph.ts';
import { inLayers, piecesOf, type Chain, type Piece } from './layers.ts';
import { inOrder } from './order.ts';

const CHARACTER = 7.6;
const LINE = 17;
const PADDING = 14;
const BEND_WIDTH = 10;
const GAP = 22;
const LAYER_GAP = 44;
const MARGIN = 24;
const SWEEPS = 200;

/** A box of the drawing, or a bend of an edge: a box without text. `x` is its middle, `y` its top. */
export interface Box {
  readonly id: string;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly chains: readonly Chain[];
  /** Boxes from which an arrow leads back to themselves. */
  readonly loops: readonly string[];
}

/** The text of each box: its name and, where it waits, what for. */
const linesOf = ({ nodes }: Graph): ReadonlyMap<string, readonly string[]> =>
  new Map(
    nodes.map(({ id, waitsFor }) => [id, waitsFor === undefined ? [id] : [id, ...wrapped(`waits for ${waitsFor}`)]]),
  );

/** A text in lines of at most 27 characters. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 27) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Lays a machine out in layers, top to bottom. */
export function place(graph: Graph): Drawing {
  const layered = inLayers(
    graph.nodes.map(({ id }) => id),
    graph.arrows.filter(({ from, to }) => from !== to),
  );
  const layers = inOrder(layered);
  const lines = linesOf(graph);
  const width = (id: string): number => {
    const own = lines.get(id);
    return own === undefined ? BEND_WIDTH : Math.max(...own.map(({ length }) => length)) * CHARACTER + 2 * PADDING;
  };
  const x = placesAcross(layers, piecesOf(layered.chains), width);
  const leftmost = Math.min(...layers.flat().map((id) => x.get(id)! - width(id) / 2));
  const boxes = new Map<string, Box>();
  let y = MARGIN;
  for (const layer of layers) {
    const height = Math.max(...layer.map((id) => (lines.get(id)?.length ?? 1) * LINE + PADDING));
    for (const id of layer) {
      const own = lines.get(id) ?? [];
      const ownHeight = own.length === 0 ? height : own.length * LINE + PADDING;
      const top = y + (height - ownHeight) / 2;
      const middle = x.get(id)! - leftmost + MARGIN;
      boxes.set(id, { id, lines: own, x: middle, y: top, width: width(id), height: ownHeight });
    }
    y += height + LAYER_GAP;
  }
  const right = Math.max(...[...boxes.values()].map((box) => box.x + box.width / 2));
  const loops = graph.arrows.filter(({ from, to }) => from === to).map(({ from }) => from);
  return { width: right + MARGIN, height: y - LAYER_GAP + MARGIN, boxes, chains: layered.chains, loops };
}

type Layers = readonly (readonly string[])[];

interface Pull {
  readonly to: string;
  readonly weight: number;
}

/** A bend pulls at another bend hardest, so that long edges become straight. */
function pulls(pieces: readonly Piece[], isBend: (id: string) => boolean): ReadonlyMap<string, readonly Pull[]> {
  const found = new Map<string, Pull[]>();
  const add = (id: string, to: string, weight: number): void =>
    void found.set(id, [...(found.get(id) ?? []), { to, weight }]);
  for (const { upper, lower } of pieces) {
    const weight = [1, 2, 16][Number(isBend(upper)) + Number(isBend(lower))]!;
    add(upper, lower, weight);
    add(lower, upper, weight);
  }
  return found;
}

/** The middle of every place: drawn to its neighbours, in the layer's order and without touching. */
function placesAcross(layers: Layers, pieces: readonly Piece[], width: (id: string) => number): Map<string, number> {
  const x = new Map<string, number>();
  const pullsOf = pulls(pieces, (id) => width(id) === BEND_WIDTH);
  const settle = (layer: readonly string[], wanted: readonly Wanted[]): void =>
    settled(layer.map(width), wanted).forEach((at, i) => x.set(layer[i]!, at));
  for (const layer of layers)
    settle(
      layer,
      layer.map(() => ({ at: 0, weight: 1 })),
    );
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = layer.map((id): Wanted => {
        const own = pullsOf.get(id) ?? [{ to: id, weight: 1 }];
        const weight = own.reduce((sum, pull) => sum + pull.weight, 0);
        return { at: own.reduce((sum, pull) => sum + pull.weight * x.get(pull.to)!, 0) / weight, weight };
      });
      settle(layer, wanted);
    }
  }
  return x;
}

interface Wanted {
  readonly at: number;
  readonly weight: number;
}

/** Neighbours that touch and move as one. */
interface Group {
  sum: number;
  weight: number;
  count: number;
}

const mean = ({ sum, weight }: Group): number => sum / weight;

/** The positions nearest to the wanted ones, in weighted least squares, at which neighbours keep their distance. */
function settled(widths: readonly number[], wanted: readonly Wanted[]): readonly number[] {
  const offsets: number[] = [];
  for (const [i, width] of widths.entries()) {
    offsets.push(i === 0 ? 0 : offsets[i - 1]! + (widths[i - 1]! + width) / 2 + GAP);
  }
  const groups: Group[] = [];
  for (const [i, { at, weight }] of wanted.entries()) {
    groups.push({ sum: (at - offsets[i]!) * weight, weight, count: 1 });
    while (groups.length > 1 && mean(groups.at(-2)!) > mean(groups.at(-1)!)) {
      const { sum, weight: more, count } = groups.pop()!;
      const last = groups.at(-1)!;
      last.sum += sum;
      last.weight += more;
      last.count += count;
    }
  }
  return groups
    .flatMap((group) => new Array<number>(group.count).fill(mean(group)))
    .map((base, i) => base + offsets[i]!);
}
