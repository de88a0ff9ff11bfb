import { describe, expect, test } from 'vitest';
import { readRealMachine } from '../../../kernel/zoneinfo/realMachine.ts';
import { deriveKernel, v4_0, v5_9 } from '../../../model/index.ts';
import { explain } from '../../../report/explain/explain.ts';
import { machineOf, sample, wholeSample } from '../../kernel/zoneinfo/samples.ts';
import { fieldsOf, judged } from './judged.ts';

describe('what is said to be assumed', () => {
  test('what scanning and swap would change is not assumed, as no rule asks', () => {
    expect(fieldsOf(judged({ zoneinfo: sample('v6.18-24g.zoneinfo') }))).toEqual([
      'percpuDriftMark',
      'reservedHighatomic',
    ]);
    expect(fieldsOf(judged({ zoneinfo: sample('v6.18-24g.zoneinfo') }, { order: 3 }))).toEqual([
      'free',
      'percpuDriftMark',
      'reservedHighatomic',
    ]);
    expect(fieldsOf(judged(wholeSample('v6.1-384m'), { order: 3 }))).toEqual(['percpuDriftMark']);
    expect(fieldsOf(explain(v4_0, machineOf('v6.18-24g'), { order: 0 }, 'x'))).toEqual([
      'pagesScanned',
      'percpuDriftMark',
      'swapPages',
    ]);
  });

  test('a rule of a user’s own that asks more is told more', () => {
    const scanning = deriveKernel(v5_9, {
      name: 'scanning',
      zoneWatermarkOkSafe: (k, system, zone, ...rest) =>
        zone.pagesScanned < 9 && v5_9.zoneWatermarkOkSafe(k, system, zone, ...rest),
    });
    expect(fieldsOf(explain(scanning, machineOf('v6.18-24g'), { order: 0 }, 'x'))).toContain('pagesScanned');
  });

  test('lists of migrate types are assumed where only buddyinfo is known, and the order asks for them', () => {
    const { zoneinfo, buddyinfo } = wholeSample('v6.1-384m');
    expect(fieldsOf(judged({ zoneinfo, buddyinfo }, { order: 3 }))).toContain('migrateTypes');
    expect(fieldsOf(judged({ zoneinfo, buddyinfo }, { order: 0 }))).not.toContain('migrateTypes');
    expect(fieldsOf(explain(v4_0, readRealMachine({ zoneinfo, buddyinfo }), { order: 3 }, 'x'))).not.toContain(
      'migrateTypes',
    );
  });

  test('where free CMA pages lie is assumed where a rule looks at the lists', () => {
    const zoneinfo = sample('constructed-v4.10-two-nodes.zoneinfo');
    expect(fieldsOf(judged({ zoneinfo }, { order: 0 }))).not.toContain('cma');
    expect(fieldsOf(explain(v4_0, readRealMachine({ zoneinfo }), { order: 3 }, 'x'))).not.toContain('cma');
    const ofDma = { order: 3, zone: 'DMA32', node: 0 };
    const many = { name: 'x', text: zoneinfo.text.replace('free     2950', 'free     9950') };
    expect(fieldsOf(judged({ zoneinfo: many }, ofDma))).toContain('cma');
  });

  test('of one node it is only told of that node', () => {
    const { assumed } = judged({ zoneinfo: sample('constructed-v4.10-two-nodes.zoneinfo') }, { order: 0, node: 1 });
    expect(assumed.map(({ field }) => field)).toContain('failures');
    expect(assumed.every(({ node }) => node === 1)).toBe(true);
  });

  test('so many free CMA pages that no block holds them are assumed for order 0 too', () => {
    const zoneinfo = sample('constructed-v4.10-two-nodes.zoneinfo');
    const inLargest = (zone: string, blocks: number): string => `${zone} 0 0 0 0 0 0 0 0 0 0 ${blocks}\n`;
    const text =
      inLargest('Node 0, zone DMA', 3) + inLargest('Node 0, zone DMA32', 3) + inLargest('Node 1, zone Normal', 39);
    const files = { zoneinfo, buddyinfo: { name: 'buddyinfo', text } };
    expect(fieldsOf(judged(files, { order: 0 }))).toContain('cma');
    expect(fieldsOf(explain(v4_0, readRealMachine(files), { order: 0 }, 'x'))).toContain('cma');
  });
});
