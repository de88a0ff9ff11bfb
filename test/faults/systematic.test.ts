import { describe, expect, test } from 'vitest';
import { systematicFault, type Mistake } from '../../faults/systematic/index.ts';
import { makeNode, v4_0, v4_19, type Kernel } from '../../model/index.ts';
import { differingParts } from '../../report/kernels/parts.ts';
import { question } from '../search/cases.ts';

const mistaken = (base: Kernel, part: string, operator: Mistake['operator'], on = ''): Kernel =>
  systematicFault(base, { part, operator, on }).kernel;

describe('a mistake', () => {
  test.each<[string, Mistake['operator'], string]>([
    ['pgdatBalanced', 'yes', ''],
    ['highWmarkPages', 'high', ''],
    ['__zoneWatermarkOk', 'above', 'mark'],
    ['kswapd.wake', 'leave', 'order'],
    ['kswapd.shrink', 'more', 'pagesScanned'],
    ['directReclaim.nextPriority', 'goto', 'shrinkZones'],
    ['allocator.rmqueue', 'silent', ''],
  ])('in %s (%s %s) is in that part alone, and in the kernel’s name', (part, operator, on) => {
    const fault = systematicFault(v4_19, { part, operator, on });
    expect(differingParts(v4_19, fault.kernel)).toEqual([part]);
    expect(fault.kernel.name).toBe(`v4.19, but ${part}: ${fault.what}`);
  });

  const { system, node: written } = question;
  const node = makeNode(written);
  const zone = node.zones[0]!;

  test('turns an answer round, or sets a number one off', () => {
    expect(mistaken(v4_0, 'zoneReclaimable', 'yes').zoneReclaimable(v4_0, system, zone)).toBe(true);
    expect(mistaken(v4_0, 'zoneReclaimable', 'no').zoneReclaimable(v4_0, system, zone)).toBe(false);
    const marks = [mistaken(v4_0, 'lowWmarkPages', 'high'), mistaken(v4_0, 'lowWmarkPages', 'low')];
    expect(marks.map((k) => k.lowWmarkPages(k, zone))).toEqual([zone.watermark.low + 1, zone.watermark.low - 1]);
  });

  test('asks for another order, and leaves out what it does not look at', () => {
    const asked: number[] = [];
    const watched = {
      ...v4_0,
      pgdatBalanced: (...args: Parameters<typeof v4_0.pgdatBalanced>) => asked.push(args[3]) > 0,
    };
    mistaken(watched, 'pgdatBalanced', 'above', 'order').pgdatBalanced(v4_0, system, node, 3, 0);
    mistaken(watched, 'pgdatBalanced', 'below', 'order').pgdatBalanced(v4_0, system, node, 0, 0);
    expect(asked).toEqual([4, 0]);
    const scanned = { ...zone, pagesScanned: 10 ** 9 };
    const blind = mistaken(v4_0, 'zoneReclaimable', 'overlook', 'pagesScanned');
    const pages = v4_0.zoneReclaimablePages(v4_0, system, scanned);
    expect(blind.zoneReclaimable(v4_0, system, scanned)).toBe(pages > 0);
    expect(v4_0.zoneReclaimable(v4_0, system, scanned)).toBe(false);
  });

  test('leaves a field as it was, and sets it one off, wherever it lies in what a part gives back', () => {
    const shrunk = (k: Kernel) => k.shrinkZone(k, system, { ...zone, pagesScanned: 5 }, 100, 0).zone.pagesScanned;
    expect(shrunk(v4_0)).toBe(105);
    expect(shrunk(mistaken(v4_0, 'shrinkZone', 'leave', 'pagesScanned'))).toBe(5);
    expect(shrunk(mistaken(v4_0, 'shrinkZone', 'more', 'pagesScanned'))).toBe(106);
    expect(shrunk(mistaken(v4_0, 'shrinkZone', 'less', 'pagesScanned'))).toBe(104);
  });
});
