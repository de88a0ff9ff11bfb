import { describe, expect, test } from 'vitest';
import { k1, K1_COUNTS } from '../../bench/explore/k1/k1.ts';
import { mayRest, sleeps } from '../../bench/explore/k1/rules.ts';
import { searchByTexts } from '../../bench/explore/naive.ts';
import { searchByHand } from '../../bench/explore/handPacked.ts';
import { Search } from '../../search/explore/search.ts';

describe('K1, whose states and moves Spin, Murphi and C agree on', () => {
  const search = new Search(k1);

  // Some seconds: the counts are of the whole space, and nothing less says that no state is lost.
  test('has as many states and moves here, and as deep', { timeout: 300_000 }, () => {
    while (search.step());
    expect(search.counts).toEqual({ ...K1_COUNTS, queue: 0 });
  });

  test('packed by hand has them too', { timeout: 300_000 }, () => {
    expect(searchByHand()).toEqual(K1_COUNTS);
  });

  test('takes two words a state, which are less than forty bytes with the table', () => {
    expect(search.packing.words).toBe(2);
    expect(search.bytes / search.counts.states).toBeLessThan(40);
  });

  test('is asserted where kswapd sleeps, which it does', () => {
    const sleeping = Array.from({ length: 20_000 }, (_, i) => search.state(i)).filter(sleeps);
    expect(sleeping.length).toBeGreaterThan(100);
    for (const state of sleeping) {
      expect(mayRest(state, state.kswapd.balancedOrder, state.kswapd.balancedZoneIdx)).toBe(true);
    }
  });

  test('begins with the states that a set of texts begins with', () => {
    const { states, transitions, complete } = searchByTexts(k1, 3000);
    expect(complete).toBe(false);
    expect(transitions).toBeGreaterThan(states);
    const texts = new Set(Array.from({ length: states }, (_, i) => JSON.stringify(search.state(i))));
    expect(texts.size).toBe(states);
  });
});
