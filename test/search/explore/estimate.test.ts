import { describe, expect, test } from 'vitest';
import { progressTexts } from '../../../cli/explore/progress.ts';
import { v4_0 } from '../../../model/index.ts';
import { leftOf } from '../../../search/explore/estimate.ts';
import { explore } from '../../../search/explore/explore.ts';
import type { Counts } from '../../../search/explore/search.ts';
import { tinyScope } from './scopes.ts';

/** A search whose layers have these sizes, so many states of the last of which were looked into and led to others. */
function searchOf(sizes: readonly number[], done = 0, found = 0): Counts {
  const layers = [0];
  for (const size of sizes) layers.push(layers.at(-1)! + size);
  const known = layers.at(-1)!;
  return {
    states: known + found,
    transitions: 0,
    depth: sizes.length - 1,
    queue: sizes.at(-1)! - done + found,
    layers,
  };
}

const GROWING = [1, 4, 16, 64, 256, 1024, 4096];
/** Half of each follows: as much as the last one is still unknown. */
const HALVING = [...GROWING, 2048, 1024, 512, 256, 128, 64, 32, 16];

describe('what is left of a search', () => {
  test('is at least what was found, as long as layers grow', () => {
    expect(leftOf(searchOf(GROWING, 1000, 2000))).toEqual({ atLeast: 4096 - 1000 + 2000 });
  });

  test('is all that layers will have if they go on shrinking', () => {
    const { atLeast, about } = leftOf(searchOf(HALVING));
    expect(atLeast).toBe(16);
    expect(Math.abs(about! - 32)).toBeLessThan(1);
  });

  test('is foreseen from the layer at hand once half of it is looked into', () => {
    // 8 of 16 led to 4, so that 16 lead to 8, and 8 more follow those.
    const { atLeast, about } = leftOf(searchOf(HALVING, 8, 4));
    expect(atLeast).toBe(12);
    expect(Math.abs(about! - (8 + 16))).toBeLessThan(1);
    expect(leftOf(searchOf(HALVING, 2, 900)).about).toBeGreaterThanOrEqual(leftOf(searchOf(HALVING, 2, 900)).atLeast);
  });

  test('is less where layers shrink faster and faster', () => {
    const faster = [...GROWING, 3600, 3000, 2300, 1600, 900, 400, 140, 35];
    const steady = leftOf(searchOf([...GROWING, 2400, 1400, 800, 470, 275, 160, 94, 35])).about!;
    expect(leftOf(searchOf(faster)).about).toBeLessThan(steady);
  });

  test('is at least what was found where a search went on from an earlier one', () => {
    expect(leftOf({ ...searchOf(HALVING), layers: [searchOf(HALVING).states] })).toEqual({ atLeast: 16 });
  });

  test('is never more, at least, than there turns out to be, and is foreseen on the way', async () => {
    const seen: Counts[] = [];
    const onProgress = (counts: Counts): void => void seen.push({ ...counts, layers: [...counts.layers] });
    const { counts } = await explore({ kernel: v4_0, scope: tinyScope(), properties: [], onProgress });
    const left = (one: Counts): number => counts.states - (one.states - one.queue);
    for (const one of seen) expect(leftOf(one).atLeast).toBeLessThanOrEqual(left(one));
    const late = seen.filter((one) => leftOf(one).about !== undefined && one.queue > 0);
    expect(late.length).toBeGreaterThan(3);
    for (const one of late) expect(leftOf(one).about! / left(one)).toBeLessThan(4);
    expect(counts.layers).toHaveLength(counts.depth + 2);
    expect(counts.layers.at(-1)).toBe(counts.states);
  });
});

describe('the line of progress', () => {
  test('says how long it takes at least, and about if layers shrink', () => {
    const text = progressTexts();
    expect(text(searchOf([1]), 0)).toBe('1 state, 0 a second, depth 0, 1 to look into');
    expect(text(searchOf(GROWING), 1000)).toBe(
      '5,461 states, 1,365 a second, depth 6, 4,096 to look into, at least 4 s more',
    );
    expect(text(searchOf(HALVING), 2000)).toMatch(/16 to look into, at least 1 s more, about 1 s if layers go on/);
  });

  test('counts from where this search began', () => {
    const text = progressTexts();
    text(searchOf(GROWING), 50_000);
    expect(text(searchOf([...GROWING, 8192]), 51_000)).toContain(' 4,096 a second');
    text(searchOf([1]), 0);
    expect(text(searchOf([1, 4]), 500)).toContain(' 2 a second');
  });
});
