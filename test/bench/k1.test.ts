import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { k1, K1_COUNTS } from '../../bench/explore/k1/k1.ts';
import { mayRest, sleeps } from '../../bench/explore/k1/rules.ts';
import { searchByTexts } from '../../bench/explore/naive.ts';
import { Search } from '../../search/explore/search.ts';
import { ROOT } from '../house/files.ts';

/** One of the searches that are compared, in a process of its own as they are there: many times quicker than here. */
const searched = (name: string): unknown => {
  const args = ['--import', 'tsx', join(ROOT, 'bench/explore/main.ts'), name];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return stdout === '' ? stderr : JSON.parse(stdout);
};

describe('K1, whose states and moves Spin, Murphi and C agree on', () => {
  // Some seconds: the counts are of the whole space, and nothing less says that no state is lost.
  test('has as many states and moves here, and as deep', { timeout: 300_000 }, () => {
    expect(searched('ours')).toMatchObject({ ...K1_COUNTS, queue: 0, note: '39 bytes a state' });
  });

  test('packed by hand has them too', { timeout: 300_000 }, () => {
    expect(searched('byHand')).toMatchObject(K1_COUNTS);
  });

  const search = new Search(k1);
  while (search.counts.states < 30_000) search.step();

  test('takes two words a state', () => {
    expect(search.packing.words).toBe(2);
  });

  test('comes to sleep, and only where the other wording of the rule allows it', () => {
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
    const found = Array.from({ length: states }, (_, i) => JSON.stringify(search.state(i)));
    expect(new Set(found).size).toBe(states);
  });
});
