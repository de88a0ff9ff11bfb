import { describe, expect, test } from 'vitest';
import { v4_0, v4_19, type Kernel } from '../../../model/index.ts';
import { explore } from '../../../search/explore/explore.ts';
import { readScope, scopePath } from '../../../search/explore/scopeFile.ts';
import type { Coverage } from '../../../search/explore/result.ts';
import { smallScope, tinyScope } from './scopes.ts';

/** The clauses that an exploration takes, and those that it never does. */
const parted = ({ clauses }: Coverage): { readonly taken: readonly string[]; readonly never: readonly string[] } => ({
  taken: clauses.filter(({ times }) => times > 0).map(({ name }) => name),
  never: clauses.filter(({ times }) => times === 0).map(({ name }) => name),
});

const coverageIn = async (kernel: Kernel, scope = smallScope()): Promise<Coverage> =>
  (await explore({ kernel, scope, properties: [] })).coverage;

describe('the clauses of rules', () => {
  test('of v4.0 are told with the block loop and the quarter', async () => {
    const [below, zone] = smallScope().zones;
    const zones = [
      { ...below!, free: [[0, 1], [2]], file: [1] },
      { ...zone!, free: [[0, 1]] },
    ];
    const { taken } = parted(await coverageIn(v4_0, { ...smallScope(), zones }));
    expect(taken).toEqual(
      expect.arrayContaining([
        '__zoneWatermarkOk: yes at order 0',
        '__zoneWatermarkOk: yes by orderWalk',
        '__zoneWatermarkOk: no by mark',
        '__zoneWatermarkOk: no by orderWalk',
        'pgdatBalanced: yes by quarter',
        'pgdatBalanced: no by quarter',
        'zoneBalanced > zoneWatermarkOkSafe: yes',
        'zoneBalanced > compactionSuitable: COMPACT_PARTIAL',
      ]),
    );
  });

  test('of later kernels are told with the free lists, and name no quarter', async () => {
    const { taken, never } = parted(await coverageIn(v4_19));
    expect(taken).toEqual(
      expect.arrayContaining(['__zoneWatermarkOk: no by freeList', 'pgdatBalanced: no at a high order']),
    );
    expect([...taken, ...never].filter((name) => /quarter|orderWalk/.test(name))).toEqual([]);
  });

  test('tell a zone that only the reserve keeps from passing', async () => {
    const [below, zone] = smallScope().zones;
    const zones = (reserve: number) => [{ ...below!, lowmemReserve: [0, reserve], free: [[2]] }, zone!];
    const changes = { turns: { scanned: [0], reclaimed: [0] }, events: { wakeup: [0], take: [0] } };
    const reserved = parted(await coverageIn(v4_19, tinyScope({ ...changes, zones: zones(2) })));
    expect(reserved.taken).toContain('__zoneWatermarkOk: no by reserve');
    const without = parted(await coverageIn(v4_19, tinyScope({ ...changes, zones: zones(0) })));
    expect(without.never).toContain('__zoneWatermarkOk: no by reserve');
  });

  test.each([v4_0, v4_19])('of the page allocator are told of whole machines, in $name', async (kernel) => {
    const { rules, clauses, answers } = await coverageIn(kernel, readScope(scopePath('no-file-systems')) as never);
    const asked = rules.filter(({ times }) => times > 0).map(({ name }) => name);
    const [retries, told] =
      kernel === v4_0 ? ['shouldAllocRetry', 'zoneWatermarkOk'] : ['shouldReclaimRetry', 'zoneWatermarkFast'];
    expect(asked).toContain(retries);
    expect(rules.length).toBeGreaterThan(asked.length);
    expect(answers.map(({ name }) => name)).toEqual(expect.arrayContaining([`${retries}: yes`, `${retries}: no`]));
    expect(clauses.find(({ name }) => name === `${told} > __zoneWatermarkOk: no`)!.times).toBeGreaterThan(0);
  });
});
