import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packingOf } from '../../../search/explore/packing/packing.ts';
import { shapeOf, Unbounded, widen, type Shape } from '../../../search/explore/packing/shape.ts';

const shapeOfAll = (states: readonly unknown[]): Shape =>
  states.reduce<Shape>((shape, state) => widen(shape, state), shapeOf(states[0]));

const packed = (shape: Shape, state: unknown): Int32Array | undefined => {
  const packing = packingOf(shape);
  const words = new Int32Array(packing.words);
  return packing.pack(state, words, 0) ? words : undefined;
};

/** What states are made of: parts that may differ in value, in length and in form. */
const part = fc.oneof(
  fc.integer({ min: -100, max: 1000 }),
  fc.boolean(),
  fc.constantFrom('sleep', 'shrink', null, undefined, 0.5),
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
  fc.record({ order: fc.integer({ min: 0, max: 10 }), at: fc.constantFrom('a', 'b') }),
);
const state = fc.record({ fixed: fc.constant({ name: 'DMA' }), one: part, some: fc.tuple(part, part) });

test('every state of a shape is unpacked as it was, and no two are packed alike', () => {
  fc.assert(
    fc.property(fc.array(state, { minLength: 1, maxLength: 12 }), (states) => {
      const packing = packingOf(shapeOfAll(states));
      const words = new Int32Array(packing.words);
      const keys = new Map<string, unknown>();
      for (const one of states) {
        expect(packing.pack(one, words, 0)).toBe(true);
        expect(packing.unpack(words, 0)).toEqual(one);
        const key = words.join();
        if (keys.has(key)) expect(keys.get(key)).toEqual(one);
        keys.set(key, one);
      }
    }),
  );
});

describe('a shape', () => {
  test('stores nothing of what no state differs in', () => {
    const shape = shapeOfAll([
      { name: 'DMA', free: 3 },
      { name: 'DMA', free: 4 },
    ]);
    expect(packingOf(shape).fields).toEqual([{ path: 'free', word: 0, shift: 0, bits: 1 }]);
  });

  test('refuses a state that does not fit, and takes it in once it is widened', () => {
    const shape = shapeOfAll([{ free: 3 }, { free: 4 }]);
    for (const odd of [{ free: 5 }, { free: 2 }, { free: 3.5 }, { free: '3' }, {}, [], null]) {
      expect(packed(shape, odd)).toBeUndefined();
      expect(packed(widen(shape, odd), odd)).toBeDefined();
      expect(packed(widen(shape, odd), { free: 4 })).toBeDefined();
    }
  });

  test('that fits already stays the very same', () => {
    const shape = shapeOfAll([{ a: [1, { b: true }] }, { a: [2, { b: false }] }, { a: [] }]);
    expect(widen(shape, { a: [1, { b: false }] })).toBe(shape);
  });

  test('takes no number that is none', () => {
    expect(() => widen(shapeOfAll([{ free: 3 }, { free: 4 }]), { free: NaN })).toThrow('free came to NaN');
  });

  test('says which field no bound holds', () => {
    const shape = shapeOf({ node: { zones: [{ pagesScanned: 0 }] } });
    const grown = { node: { zones: [{ pagesScanned: 3e8 }] } };
    expect(() => widen(shape, grown)).toThrow(new Unbounded('node.zones[0].pagesScanned', 3e8));
  });
});

test('a field never lies in two words', () => {
  const states = [Array.from({ length: 30 }, () => 0), Array.from({ length: 30 }, (_, i) => i * 3)];
  const { fields, words } = packingOf(shapeOfAll(states));
  expect(fields.every(({ shift, bits }) => shift + bits <= 32)).toBe(true);
  expect(words).toBeLessThan(7);
});
