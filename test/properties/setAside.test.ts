import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryWhole } from '../../generators/index.ts';
import { deriveKernel, v4_19, type Kernel } from '../../model/index.ts';
import { judge } from '../../properties/index.ts';
import { setAsideProperties } from '../../properties/setAside.ts';

const machines = fc.sample(arbitraryWhole(v4_19), { numRuns: 400, seed: 3 });
const property = setAsideProperties.find(({ id }) => id === 'what-is-set-aside-stays-within-bounds')!;

const isNoticed = (kernel: Kernel): boolean => machines.some((given) => judge(property, kernel, given) !== undefined);

test('a kernel that sets two page blocks aside at a time is noticed', () => {
  const kernel = deriveKernel(v4_19, {
    name: 'v4.19, but two page blocks are set aside at a time',
    reserveHighatomicPageblock: (k, system, zone, from) => {
      const once = v4_19.reserveHighatomicPageblock(k, system, zone, from);
      return v4_19.reserveHighatomicPageblock(k, system, once, from);
    },
  });
  expect(isNoticed(kernel)).toBe(true);
});

test('a kernel that gives all of what is set aside back at once is noticed', () => {
  const kernel = deriveKernel(v4_19, {
    name: 'v4.19, but all is given back at once',
    unreserveHighatomicPageblock: (k, memory, context, force) => {
      const { memory: after, ok } = v4_19.unreserveHighatomicPageblock(k, memory, context, force);
      if (!ok) return { memory: after, ok };
      const pgdats = after.pgdats.map((pgdat, n) => {
        const had = memory.pgdats[n]!.node.zones;
        const zones = pgdat.node.zones.map((zone, z) =>
          zone === had[z] ? zone : Object.assign({}, zone, { reservedHighatomic: 0 }),
        );
        return { ...pgdat, node: { ...pgdat.node, zones } };
      });
      return { memory: { ...after, pgdats }, ok };
    },
  });
  expect(isNoticed(kernel)).toBe(true);
});
