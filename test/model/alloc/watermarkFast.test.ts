import { describe, expect, test } from 'vitest';
import {
  ALLOC_CMA,
  ALLOC_HARDER,
  gfpOf,
  makeZone,
  v4_19,
  v5_9,
  WMARK_BITS,
  type Kernel,
} from '../../../model/index.ts';
import { scenarioNode, system, type ZoneSketch } from '../sketch.ts';

interface Checked {
  readonly order?: number;
  readonly mark?: number;
  readonly flags?: number;
  readonly atomic?: boolean;
  readonly cma?: boolean;
}

/** Whether the fast check lets a request take from a zone of its own node. */
function passes(k: Kernel, zone: Partial<ZoneSketch>, lists: object, checked: Checked = {}): boolean {
  const { order = 0, mark = 100, flags = 0, atomic = false, cma = true } = checked;
  const written = scenarioNode([{ name: 'Normal', ...zone }]).zones[0]!;
  const made = makeZone({ ...written, ...lists });
  return k.zoneWatermarkFast(k, system({ cma }), made, order, mark, 0, flags, gfpOf(atomic ? ['ATOMIC'] : []));
}

const cmaOnly = (pages: number, vmstatDrift = 0) => ({ free: { cma: [pages] }, vmstatDrift });

describe('the fast check of the marks', () => {
  test.each([v4_19, v5_9])('of $name asks for one page above the mark', (k) => {
    expect(passes(k, {}, { free: { movable: [101] } })).toBe(true);
    expect(passes(k, {}, { free: { movable: [100] } })).toBe(false);
  });

  test.each([v4_19, v5_9])('of $name does not count CMA pages for who may not use them', (k) => {
    expect(passes(k, {}, cmaOnly(500))).toBe(false);
    expect(passes(k, {}, cmaOnly(500), { flags: ALLOC_CMA })).toBe(true);
    expect(passes(k, {}, cmaOnly(500), { cma: false })).toBe(true);
  });

  test.each([v4_19, v5_9])(
    'of $name passes a zone whose cheap count is below its CMA pages: the difference wraps',
    (k) => {
      expect(passes(k, {}, cmaOnly(500, -1))).toBe(true);
      expect(
        k.zoneWatermarkOk(
          k,
          system(),
          makeZone({ ...scenarioNode([{ name: 'Normal' }]).zones[0]!, ...cmaOnly(500, -1) }),
          0,
          100,
          0,
          0,
        ),
      ).toBe(false);
    },
  );

  test('wraps for single pages only', () => {
    expect(passes(v4_19, {}, cmaOnly(500, -1), { order: 1 })).toBe(false);
  });

  test('of v4.19 grants what is set aside for high-order atomic requests to single pages', () => {
    const reserved = { free: { highatomic: [101] }, reservedHighatomic: 512 };
    expect(passes(v4_19, {}, reserved)).toBe(true);
    expect(passes(v4_19, {}, reserved, { order: 1 })).toBe(false);
  });

  test('of v5.9 means not to, and yet does: what is free less what is set aside wraps', () => {
    expect(passes(v5_9, {}, { free: { highatomic: [101] }, reservedHighatomic: 512 })).toBe(true);
    expect(passes(v5_9, {}, { free: { highatomic: [512] }, reservedHighatomic: 512 })).toBe(false);
    expect(passes(v5_9, {}, { free: { highatomic: [511] }, reservedHighatomic: 512 })).toBe(true);
  });

  test('of v5.9 does not wrap for who may use what is set aside', () => {
    const reserved = { free: { movable: [50] }, reservedHighatomic: 512 };
    expect(passes(v5_9, {}, reserved, { flags: ALLOC_HARDER, mark: 400 })).toBe(false);
  });

  test('of v5.9 measures single atomic pages at the min mark without the boost', () => {
    const boosted = { watermark: { min: 50, low: 60, high: 70 }, boost: 200, free: { movable: [51] } };
    const asked = { mark: 250, atomic: true };
    expect(passes(v5_9, {}, boosted, asked)).toBe(true);
    expect(passes(v5_9, {}, boosted, { ...asked, atomic: false })).toBe(false);
    expect(passes(v5_9, {}, boosted, { ...asked, flags: WMARK_BITS.low })).toBe(false);
    expect(passes(v5_9, {}, boosted, { ...asked, order: 1 })).toBe(false);
    expect(passes(v5_9, {}, { ...boosted, boost: 0 }, asked)).toBe(false);
  });
});
