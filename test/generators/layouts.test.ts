import { describe, expect, test } from 'vitest';
import { machineLayout } from '../../generators/layout/machine.ts';
import { oddLayout } from '../../generators/layout/odd.ts';
import { mebibytes } from '../../model/index.ts';

const MACHINE = {
  arch: 'flat',
  exponent: 10,
  mantissa: 0,
  kept: 0,
  movable: 0,
  second: false,
  onlineCpus: 4,
  minFreeShift: 0,
} as const;

describe('the layout of a machine', () => {
  test('of 1 GiB in one zone has the marks of 4096 KiB: four times the root of 1048576', () => {
    expect(machineLayout(MACHINE, 1).zones).toEqual([
      {
        name: 'Normal',
        present: 262_144,
        managed: 262_144,
        watermark: { min: 1024, low: 1280, high: 1536 },
        lowmemReserve: [0],
        percpuDriftMark: 0,
      },
    ]);
  });

  test('of 16 GiB on x86_64 fills the zones from below and keeps a 256th of what lies above from it', () => {
    const { zones } = machineLayout({ ...MACHINE, arch: 'x86_64', exponent: 14 }, 3);
    const above = [mebibytes(3072), mebibytes(16384) - mebibytes(3072) - 3998] as const;
    expect(zones.map(({ name, present }) => [name, present])).toEqual([
      ['DMA', 3998],
      ['DMA32', above[0]],
      ['Normal', above[1]],
    ]);
    expect(zones[0]!.lowmemReserve).toEqual([0, above[0] / 256, Math.floor((above[0] + above[1]) / 256)]);
  });

  test('of a second node has only the highest zone', () => {
    const { zones } = machineLayout({ ...MACHINE, arch: 'x86_64', second: true }, 3);
    expect(zones.map(({ present }) => present)).toEqual([0, 0, 262_144]);
  });

  test('of 4096 cpus has drift marks', () => {
    const { zones } = machineLayout({ ...MACHINE, onlineCpus: 4096 }, 1);
    expect(zones[0]!.percpuDriftMark).toBeGreaterThan(zones[0]!.watermark.high);
  });

  test('of 32 bits has no more than 64 GiB', () => {
    const { zones } = machineLayout({ ...MACHINE, arch: 'x86_32', exponent: 20 }, 3);
    expect(zones.reduce((pages, { present }) => pages + present, 0)).toBe(mebibytes(65536));
  });
});

describe('an odd layout', () => {
  const zone = {
    size: 'tiny',
    pages: 100,
    hole: 0,
    min: 10,
    minToLow: 5,
    lowToHigh: 3,
    marksExceed: false,
    reserve: 7,
    highToDriftMark: 0,
  } as const;

  test('has the marks and reserves that were drawn', () => {
    const { zones } = oddLayout({ names: 0, quarter: undefined }, [zone, zone, zone]);
    expect(zones[0]).toEqual({
      name: 'DMA',
      present: 100,
      managed: 100,
      watermark: { min: 10, low: 15, high: 18 },
      lowmemReserve: [0, 7, 14],
      percpuDriftMark: 0,
    });
  });

  test.each([-1, 0, 3, 4])('may have a zone of a quarter, with %d pages beside three times as many', (beside) => {
    const { zones } = oddLayout({ names: 0, quarter: { zone: 1, beside } }, [zone, zone, zone]);
    expect(zones[1]!.managed).toBe(100);
    expect(zones[0]!.managed + zones[2]!.managed).toBe(300 + beside);
  });

  test('never has HighMem and Movable pages at once', () => {
    const { zones } = oddLayout({ names: 1, quarter: undefined }, [zone, zone, zone, zone]);
    expect(zones.map(({ name, present }) => [name, present])).toEqual([
      ['DMA', 100],
      ['Normal', 100],
      ['HighMem', 100],
      ['Movable', 0],
    ]);
  });
});
