import { describe, expect, test } from 'vitest';
import { arbitraryScenario } from '../../generators/index.ts';
import { freePagesOf } from '../../generators/legality.ts';
import { mebibytes, type ScenarioZone, type ZoneName } from '../../model/index.ts';
import { percentOf, sampleOf } from './share.ts';

const scenarios = sampleOf(arbitraryScenario(), 3000);
const zones = scenarios.flatMap(({ node }) => node.zones);
const used = zones.filter(({ managed }) => managed > 0);

const zonesThat = (holds: (zone: ScenarioZone) => boolean): number => percentOf(zones, holds);
const usedThat = (holds: (zone: ScenarioZone) => boolean): number => percentOf(used, holds);
const namesOf = (zonesOfNode: readonly ScenarioZone[]): string => zonesOfNode.map(({ name }) => name).join(' ');

describe('drawn nodes have', () => {
  test.each([1, 2, 3, 4])('%d zones', (count) => {
    expect(percentOf(scenarios, ({ node }) => node.zones.length === count)).toBeGreaterThan(10);
  });

  test.each(['Normal', 'DMA DMA32 Normal', 'DMA DMA32 Normal Movable', 'DMA Normal HighMem'])(
    'the zones %s',
    (names) => {
      expect(percentOf(scenarios, ({ node }) => namesOf(node.zones) === names)).toBeGreaterThan(3);
    },
  );

  test.each<ZoneName>(['DMA', 'DMA32', 'Normal', 'HighMem', 'Movable'])('memory in %s', (name) => {
    expect(zonesThat((zone) => zone.name === name && zone.managed > 0)).toBeGreaterThan(2);
  });

  test('an empty zone below a populated one, or above', () => {
    const below = percentOf(scenarios, ({ node }) => {
      const empty = node.zones.findIndex(({ present }) => present === 0);
      return empty >= 0 && node.zones.slice(empty).some(({ present }) => present > 0);
    });
    expect(below).toBeGreaterThan(10);
    expect(percentOf(scenarios, ({ node }) => node.zones.at(-1)!.present === 0)).toBeGreaterThan(10);
  });
});

describe('drawn zones', () => {
  test('have between 4 pages and 1 TiB', () => {
    expect(Math.max(...used.map(({ managed }) => managed))).toBeGreaterThan(mebibytes(500_000));
    expect(Math.max(...used.map(({ present }) => present))).toBeLessThanOrEqual(mebibytes(1024 * 1024));
    expect(usedThat(({ managed }) => managed <= 2000)).toBeGreaterThan(25);
    expect(usedThat(({ managed }) => managed === 9)).toBeGreaterThan(3);
    expect(usedThat(({ present }) => present >= mebibytes(16))).toBeGreaterThan(35);
    expect(usedThat(({ present }) => present >= mebibytes(4096))).toBeGreaterThan(10);
  });

  test('may be present without being managed', () => {
    expect(zonesThat(({ present, managed }) => present > 0 && managed === 0)).toBeGreaterThan(3);
  });

  test('are free in order-0 pages only, in the largest blocks, or in between', () => {
    const largest = ({ free }: ScenarioZone): number =>
      Math.max(-1, ...Object.values(free).map((blocks) => blocks.findLastIndex((count) => count > 0)));
    const free = used.filter((zone) => freePagesOf(zone) > 0);
    expect(percentOf(free, (zone) => largest(zone) === 0)).toBeGreaterThan(15);
    expect(percentOf(free, (zone) => largest(zone) === 10)).toBeGreaterThan(7);
    expect(percentOf(free, (zone) => largest(zone) > 0 && largest(zone) < 10)).toBeGreaterThan(20);
  });

  test.each(['movable', 'unmovable', 'reclaimable', 'cma'] as const)('have free %s pages', (type) => {
    expect(usedThat(({ free }) => free[type] !== undefined)).toBeGreaterThan(10);
  });

  test('have drifted either way, or not at all', () => {
    for (const sign of [0, 1, -1]) {
      expect(usedThat(({ vmstatDrift }) => Math.sign(vmstatDrift) === sign)).toBeGreaterThan(8);
    }
  });

  test('keep reserves, and have drift marks, at times', () => {
    expect(usedThat(({ lowmemReserve }) => lowmemReserve.some((pages) => pages > 0))).toBeGreaterThan(15);
    expect(usedThat(({ percpuDriftMark }) => percpuDriftMark > 0)).toBeGreaterThan(30);
  });

  test.each(['congested', 'dirty', 'writeback'] as const)('may be %s', (flag) => {
    expect(usedThat(({ flags }) => flags.includes(flag))).toBeGreaterThan(10);
  });
});

test('systems are drawn with and without swap, compaction, CMA, laptop mode and too many buffer heads', () => {
  for (const key of ['compaction', 'cma', 'laptopMode', 'bufferHeadsOverLimit'] as const) {
    for (const value of [true, false]) {
      expect(percentOf(scenarios, ({ system }) => system[key] === value)).toBeGreaterThan(15);
    }
  }
  expect(percentOf(scenarios, ({ system }) => system.swapPages === 0)).toBeGreaterThan(30);
  expect(percentOf(scenarios, ({ system }) => system.swapPages > 0)).toBeGreaterThan(30);
});
