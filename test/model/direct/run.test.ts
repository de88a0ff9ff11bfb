import { describe, expect, test } from 'vitest';
import { kernels, runDirectCase, watchDirectCase } from '../../../model/index.ts';
import { RECLAIMABLE } from '../sketch.ts';
import { directCase } from './sketch.ts';

const given = directCase({ nodes: [[RECLAIMABLE]] });

describe.each(Object.values(kernels))('direct reclaim of $name', (k) => {
  test.each([0, 3])('is cut off before it takes more turns than the limit, %d', (limit) => {
    expect(runDirectCase(k, given, undefined, limit)).toMatchObject({ end: 'limit', turns: limit });
  });

  test('that ends with its last turn is not cut off', () => {
    const enough = directCase({ nodes: [[RECLAIMABLE]], script: [{ reclaimed: [32] }] });
    expect(runDirectCase(k, enough, undefined, 1)).toMatchObject({ end: 'returned', turns: 1 });
  });

  test('stays where it waits while a turn does its work and while events come', () => {
    const events = [{ give: { zone: 0, order: 0, count: 1 } }] as const;
    const { steps } = watchDirectCase(k, { ...given, script: [{ scanned: 3, events }, {}, { events }] });
    const waits = steps.filter(({ kind }) => kind === 'work' || kind === 'event');
    expect(waits.filter(({ kind }) => kind === 'event')).toHaveLength(2);
    expect(waits.every(({ at, after }) => after.task.at === at && at === 'shrink')).toBe(true);
  });

  test('adds up what is scanned of the zones of a walk, and begins the next one with nothing scanned', () => {
    const zones = [{ name: 'DMA', ...RECLAIMABLE }, RECLAIMABLE] as const;
    const two = directCase({ nodes: [zones, zones], script: [{ scanned: 3 }, {}, { scanned: 4 }, {}, { scanned: 5 }] });
    const counts = watchDirectCase(k, two).steps.flatMap(({ kind, after }) => (kind === 'work' ? [after.task.sc] : []));
    const byZone = [3, 3, 7, 7, 5, 5];
    const byNode = [3, 3, 4, 4, 5, 5];
    expect(counts.slice(0, 6).map(({ nrScanned }) => nrScanned)).toEqual(k.name === 'v4.0' ? byZone : byNode);
  });
});
