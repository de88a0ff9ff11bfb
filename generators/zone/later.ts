import fc from 'fast-check';
import type { ScenarioZone } from '../../model/index.ts';
import type { Generation } from '../generation.ts';
import type { LayoutZone } from '../layout/layout.ts';
import { record } from '../record.ts';

/** What a zone of a later kernel has besides. */
export interface LaterUse {
  /** 8ths of each order's movable blocks that are on the highatomic list. */
  readonly highatomic: number;
  /** Pages counted as reserved for high-order atomic requests, free or not. */
  readonly reserved: number;
  /** 8ths of the high mark by which the marks are boosted. */
  readonly boost: number;
}

/** Half of the zones have nothing of it. */
export const arbitraryLaterUse = ({ boosts }: Generation): fc.Arbitrary<LaterUse> =>
  record({
    highatomic: fc.constantFrom(0, 0, 0, 2, 8),
    reserved: fc.constantFrom(0, 0, 0, 0, 8, 64, 512, 1024),
    boost: boosts ? fc.constantFrom(0, 0, 0, 0, 1, 4, 12) : fc.constant(0),
  });

/** Pages by which the marks of a zone are boosted. */
export const boostOf = ({ watermark }: LayoutZone, { boost }: LaterUse): number =>
  Math.floor((watermark.high * boost) / 8);

/** The free lists with part of the movable blocks kept for high-order atomic requests. */
export function withHighatomic(free: ScenarioZone['free'], { highatomic: eighths }: LaterUse): ScenarioZone['free'] {
  if (eighths === 0 || free.movable === undefined) return free;
  const highatomic = free.movable.map((blocks) => Math.floor((blocks * eighths) / 8));
  if (!highatomic.some((blocks) => blocks > 0)) return free;
  const movable = free.movable.map((blocks, order) => blocks - highatomic[order]!);
  return { ...free, movable, highatomic };
}
