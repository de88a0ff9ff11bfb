import { piecesOf, type Layered, type Piece } from './layers.ts';

const SWEEPS = 24;

/** The neighbours of each place, in the layer above it and in the one below. */
interface Neighbours {
  readonly above: ReadonlyMap<string, readonly string[]>;
  readonly below: ReadonlyMap<string, readonly string[]>;
}

/** The layers with their places in an order in which few edges cross. */
export function inOrder({ layers, chains }: Layered): Layered['layers'] {
  const neighbours = neighboursOf(piecesOf(chains));
  let now = layers;
  let best = { layers, crossings: crossings(layers, neighbours) };
  for (let sweep = 0; sweep < SWEEPS && best.crossings > 0; sweep++) {
    now = swept(now, neighbours, sweep % 2 === 0);
    const crossing = crossings(now, neighbours);
    if (crossing < best.crossings) best = { layers: now, crossings: crossing };
  }
  return best.layers;
}

function neighboursOf(pieces: readonly Piece[]): Neighbours {
  const above = new Map<string, string[]>();
  const below = new Map<string, string[]>();
  for (const { upper, lower } of pieces) {
    add(above, lower, upper);
    add(below, upper, lower);
  }
  return { above, below };
}

function add(to: Map<string, string[]>, place: string, neighbour: string): void {
  const known = to.get(place);
  if (known === undefined) to.set(place, [neighbour]);
  else known.push(neighbour);
}

/** Sorts each layer by the mean position of its neighbours in the layer before, downwards or upwards. */
function swept(layers: Layered['layers'], { above, below }: Neighbours, downwards: boolean): Layered['layers'] {
  const sorted = [...layers];
  const indices = layers.map((_layer, i) => i);
  for (const i of downwards ? indices : indices.toReversed()) {
    const before = sorted[downwards ? i - 1 : i + 1];
    if (before === undefined) continue;
    const positions = positionsIn(before, downwards ? above : below);
    const weight = new Map(sorted[i]!.map((place, at) => [place, meanOf(positions(place), at)]));
    sorted[i] = swapped(
      sorted[i]!.toSorted((a, b) => weight.get(a)! - weight.get(b)!),
      positions,
    );
  }
  return sorted;
}

/** Where the neighbours of a place stand in a layer. */
type Positions = (place: string) => readonly number[];

function positionsIn(layer: readonly string[], neighbours: ReadonlyMap<string, readonly string[]>): Positions {
  const index = new Map(layer.map((place, i) => [place, i]));
  const known = new Map<string, readonly number[]>();
  return (place) => {
    const before = known.get(place);
    if (before !== undefined) return before;
    const found = (neighbours.get(place) ?? []).map((neighbour) => index.get(neighbour)!);
    known.set(place, found);
    return found;
  };
}

const meanOf = (positions: readonly number[], otherwise: number): number =>
  positions.length === 0 ? otherwise : positions.reduce((sum, at) => sum + at, 0) / positions.length;

/** Swaps neighbours as long as that undoes crossings. */
function swapped(layer: readonly string[], positions: Positions): readonly string[] {
  const now = [...layer];
  for (let pass = 0; pass < now.length; pass++) {
    let changed = false;
    for (let i = 1; i < now.length; i++) {
      const [left, right] = [now[i - 1]!, now[i]!];
      if (crossed(positions(right), positions(left)) >= crossed(positions(left), positions(right))) continue;
      [now[i - 1], now[i]] = [right, left];
      changed = true;
    }
    if (!changed) return now;
  }
  return now;
}

/** How often the edges of a place cross those of one to its right. */
function crossed(left: readonly number[], right: readonly number[]): number {
  let count = 0;
  for (const a of left) for (const b of right) if (a > b) count++;
  return count;
}

function crossings(layers: Layered['layers'], { above }: Neighbours): number {
  let count = 0;
  for (const [i, layer] of layers.entries()) {
    if (i === 0) continue;
    const positions = positionsIn(layers[i - 1]!, above);
    for (const [j, left] of layer.entries()) {
      for (const right of layer.slice(j + 1)) count += crossed(positions(left), positions(right));
    }
  }
  return count;
}
