import { describe, expect, test } from 'vitest';
import { keptLasso } from '../../../book/lassos.ts';
import { kernels, v4_0 } from '../../../model/index.ts';
import { allEventualProperties, isOwedOnMachines } from '../../../properties/index.ts';
import { whyNotRound } from '../../../search/explore/liveness/goesRound.ts';
import { isWholeLasso, type Lasso } from '../../../search/explore/liveness/lasso.ts';

const failures = allEventualProperties.flatMap((property) =>
  Object.entries(property.verdicts).flatMap(([kernel, { holds }]) =>
    holds ? [] : [[kernel, property.id, property] as const],
  ),
);

const sleeps = allEventualProperties.find(({ id }) => id === 'kswapd-left-alone-sleeps')!;
const livelock = keptLasso(sleeps.id, 'v4.0')!;

describe('a run that goes on for ever, run again', () => {
  test.each(failures)('comes back to the same state in %s: %s', (name, id, property) => {
    expect(whyNotRound(kernels[name]!, property, keptLasso(id, name)!)).toBeUndefined();
  });

  test('does not go on in a kernel that gives what is owed', () => {
    expect(whyNotRound(kernels['v4.19']!, sleeps, livelock)).toBe('what is owed is given');
  });

  test('does not come back where pages scanned add up until the zone is given up', () => {
    const scanning = { ...livelock, loop: livelock.loop.map((turn) => ({ ...turn, scanned: 1 })) } as Lasso;
    expect(whyNotRound(v4_0, sleeps, scanning)).toBe('what is owed is given');
  });

  test('does not come back where its round uses something up', () => {
    const [turn, ...rest] = livelock.loop;
    const take = { take: { zone: 0, order: 0, count: 1 } };
    const wakeup = { wakeup: { zone: 0, order: 1, zoneIdx: 0 } };
    const taking = { ...livelock, loop: [{ ...turn, events: [take, wakeup] }, ...rest.slice(1)] } as Lasso;
    expect(whyNotRound(v4_0, sleeps, taking)).toBe('the round does not come back to the same state');
  });

  test('does not go on where another way gives what is owed', () => {
    const ends = allEventualProperties.find(({ id }) => id === 'a-run-that-falls-short-ends')!;
    // kswapd never waits but for reclaim in this round, and begins another run in each.
    expect(whyNotRound(v4_0, ends, livelock)).toBe('what is owed is given');
  });

  test('shows nothing where nothing is owed', () => {
    const freezes = allEventualProperties.find(({ id }) => id === 'a-freeze-is-obeyed')!;
    expect(whyNotRound(v4_0, freezes, livelock)).toBe('nothing is owed where the round begins');
  });

  test('shows nothing where somebody could go on', () => {
    const [name, , property] = failures.find(([kernel, id]) => {
      const lasso = keptLasso(id, kernel)!;
      return isWholeLasso(lasso) && lasso.loop.length === 0;
    })!;
    const lasso = keptLasso(property.id, name)!;
    if (!isWholeLasso(lasso) || !isOwedOnMachines(property)) throw new Error('it is one of a whole machine');
    const { stem } = lasso;
    const early = { stem: { ...stem, script: stem.script.slice(0, 2), limit: 2 }, loop: [] };
    expect(whyNotRound(kernels[name]!, property, early)).toBeDefined();
  });
});
