import { piecesOf, type Layered, type Piece } from './layers.ts';

const SWEEPS = 24;

/** The layers with their places in an order in which few edges cross. */
export function inOrder({ layers, chains }: Layered): Layered['layers'] {
  const pieces = piecesOf(chains);
  let now = layers;
  let best = layers;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    now = swept(now, pieces, sweep % 2 === 0);
    if (crossings(now, pieces) < crossings(best, pieces)) best = now;
  }
  return best;
}

/** Sorts each layer by the mean position of its neighbours in the layer before, downwards or upwards. */
function swept(layers: Layered['layers'], pieces: readonly Piece[], downwards: boolean): Layered['layers'] {
  const sorted = [...layers];
  const indices = layers.map((_layer, i) => i);
  for (const i of downwards ? indices : indices.toReversed()) {
    const before = sorted[downwards ? i - 1 : i + 1];
    if (before === undefined) continue;
    const weight = new Map(
      sorted[i]!.map((place, at) => [place, meanOf(neighbours(place, pieces, downwards), before, at)]),
    );
    sorted[i] = swapped(
      sorted[i]!.toSorted((a, b) => weight.get(a)! - weight.get(b)!),
      before,
      pieces,
    );
  }
  return sorted;
}

const neighbours = (place: string, pieces: readonly Piece[], above: boolean): readonly string[] =>
  pieces.flatMap(({ upper, lower }) => {
    if (above) return lower === place ? [upper] : [];
    return upper === place ? [lower] : [];
  });

function meanOf(places: readonly string[], layer: readonly string[], otherwise: number): number {
  if (places.length === 0) return otherwise;
  return places.reduce((sum, place) => sum + layer.indexOf(place), 0) / places.length;
}

/** Swaps neighbours as long as that undoes crossings. */
function swapped(layer: readonly string[], other: readonly string[], pieces: readonly Piece[]): readonly string[] {
  const now = [...layer];
  for (let pass = 0; pass < now.length; pass++) {
    for (let i = 1; i < now.length; i++) {
      const swap = [...now];
      [swap[i - 1], swap[i]] = [now[i]!, now[i - 1]!];
      if (between(other, swap, pieces) < between(other, now, pieces)) now.splice(0, now.length, ...swap);
    }
  }
  return now;
}

const crossings = (layers: Layered['layers'], pieces: readonly Piece[]): number =>
  layers.reduce((sum, layer, i) => sum + (i === 0 ? 0 : between(layers[i - 1]!, layer, pieces)), 0);

/** Crossings of the pieces between two neighbouring layers, whichever is the upper one. */
function between(one: readonly string[], other: readonly string[], pieces: readonly Piece[]): number {
  const ends = pieces.flatMap(({ upper, lower }) => {
    const a = Math.max(one.indexOf(upper), one.indexOf(lower));
    const b = Math.max(other.indexOf(upper), other.indexOf(lower));
    return a < 0 || b < 0 ? [] : [[a, b] as const];
  });
  let count = 0;
  for (const [i, [a, b]] of ends.entries()) {
    for (const [c, d] of ends.slice(i + 1)) if ((a - c) * (b - d) < 0) count++;
  }
  return count;
}
