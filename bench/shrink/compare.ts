import { prove, type Proof } from '../../search/optimum/proofs.ts';
import { shrunkFind, type ShrunkFind } from '../../search/optimum/shrunk.ts';

/** Cases that are drawn at most for a bug with one seed. */
const MOST_DRAWN = 20_000;

/** What shrinkers come to, of what many seeds find of a bug, beside the shortest scenario that there is. */
export interface Compared {
  readonly proof: Proof;
  /** Scenarios that the exhaustive search tried. */
  readonly tried: number;
  readonly shrunk: readonly ShrunkFind[];
}

/** Proves the least length anew, and shrinks what so many seeds find. */
export function compare(proof: Proof, from: number, seeds: number): Compared {
  const optimum = prove(proof);
  if (optimum === undefined || optimum.events !== proof.events || optimum.turns !== proof.turns) {
    const found = optimum === undefined ? 'nothing' : `${optimum.events} events and ${optimum.turns} turns`;
    throw new Error(`${proof.bug.id}: expected ${proof.events} events and ${proof.turns} turns, found ${found}`);
  }
  const shrunk = Array.from({ length: seeds }, (_, i) => shrunkFind(proof, from + i, MOST_DRAWN) ?? []).flat();
  return { proof, tried: optimum.tried, shrunk };
}
