import type { Counts } from './search.ts';

/** States that are still to be looked into. */
export interface Left {
  /** Those that were found already: it is certain that there are so many at least. */
  readonly atLeast: number;
  /** All of them, if layers go on shrinking as they do; undefined as long as they do not. */
  readonly about?: number;
}

/** Layers over which it is seen how they grow or shrink. */
const LAYERS = 4;

/** Layers that shrink more slowly than this may go on in a long tail. */
const SHRINKING = 0.95;

/** Of a layer so much has to be looked into before it tells how large the next one is. */
const ENOUGH = 0.5;

/**
 * How much is left of a search breadth first. Layers grow, and then shrink faster and faster. Once they shrink, those
 * that are still unknown are foreseen from the last ones.
 */
export function leftOf({ layers, states, queue }: Counts): Left {
  const sizes = layers.slice(1).map((end, i) => end - layers[i]!);
  const size = sizes.at(-1) ?? 0;
  const found = states - layers.at(-1)!;
  const done = size - (queue - found);
  const isTold = size > 0 && done >= size * ENOUGH;
  const next = (found * size) / done;
  const seen = isTold ? [...sizes, next] : sizes;
  const shrinks = growthIn(seen, 0);
  if (shrinks === undefined || shrinks >= SHRINKING) return { atLeast: queue };
  const faster = Math.min(1, shrinks / (growthIn(seen, LAYERS) ?? shrinks)) ** (1 / LAYERS);
  const unknown = isTold ? next - found + next * tail(shrinks, faster) : size * tail(shrinks, faster) - found;
  return { atLeast: queue, about: Math.max(queue, Math.round(queue + unknown)) };
}

/** By how much each of some layers was larger than the one before, on average; `back` layers ago. */
function growthIn(sizes: readonly number[], back: number): number | undefined {
  const [from, to] = [sizes.at(-1 - back - LAYERS), sizes.at(-1 - back)];
  return from === undefined || from === 0 ? undefined : (to! / from) ** (1 / LAYERS);
}

/** All layers that follow one, as a share of it, if each shrinks so much, and faster every time. */
function tail(shrinks: number, faster: number): number {
  let [sum, layer, by] = [0, 1, shrinks];
  while (layer > 0.001) {
    by *= faster;
    layer *= by;
    sum += layer;
  }
  return sum;
}
