import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { giveBlocks, kernels, makeMachine, takeBlocks, withZone } from '../../../model/index.ts';
import type { Node, System, Zone } from '../../../model/index.ts';
import { explainNode } from '../../../report/explain/explainNode.ts';
import { leastCount } from '../../../report/explain/leastCount.ts';
import {
  arbitraryExactZone,
  arbitraryNode,
  arbitraryOrder,
  arbitrarySystem,
  nodeOf,
  PROPERTY,
  withPages,
} from './sketch.ts';

const KERNELS = Object.values(kernels).map((kernel) => [kernel.name, kernel] as const);

/** A node of two zones, small enough to try all changes of it. */
const arbitraryTinyNode = fc.tuple(arbitraryExactZone, arbitraryExactZone).map((zones) => nodeOf(zones));

test('a binary search finds the first yes', () => {
  expect(leastCount(1000, (n) => n >= 321)).toBe(321);
  expect(leastCount(1000, () => true)).toBe(1);
  expect(leastCount(1000, () => false)).toBeUndefined();
  expect(leastCount(0, () => true)).toBeUndefined();
});

describe.each(KERNELS)('the least change in %s', (_name, k) => {
  const asleep = (system: System, node: Node, order: number, zoneIdx: number): boolean =>
    k.prepareKswapdSleep(k, makeMachine(k, system, node), order, 0, zoneIdx).sleep;

  test('of order 0 turns the answer, and one page less in any of its zones does not', () => {
    const property = fc.property(arbitrarySystem, arbitraryNode, (system, node) => {
      const { sleeps, change } = explainNode(k, system, node, 0, 2);
      if (change === undefined) {
        expect(sleeps).toBe(true);
        return;
      }
      const { zones } = change.pages;
      const after = (lessIn: number | undefined): boolean => {
        const changed = zones.reduce((now, { index, pages }) => {
          const less = pages - (index === lessIn ? 1 : 0);
          return withZone(now, index, withPages(now.zones[index]!, sleeps ? -less : less));
        }, node);
        return asleep(system, changed, 0, 2);
      };
      expect(after(undefined)).toBe(!sleeps);
      for (const { index } of zones) expect(after(index)).toBe(sleeps);
    });
    fc.assert(property, PROPERTY);
  });

  test('of an awake node always exists, and is never more than as many blocks of the order', () => {
    const property = fc.property(arbitrarySystem, arbitraryNode, arbitraryOrder, (system, node, order) => {
      const { sleeps, change } = explainNode(k, system, node, order, 2);
      if (sleeps) return;
      expect(change!.pages.pages).toBeGreaterThan(0);
      expect(change!.pages.pages).toBeLessThanOrEqual(change!.blocks!.pages);
      expect(change!.blocks!.zones.every(({ blocks }) => blocks[0]!.order === order)).toBe(true);
    });
    fc.assert(property, PROPERTY);
  });

  test('of a high order is the least of all mixtures of blocks freed in one zone', () => {
    const property = fc.property(arbitrarySystem, arbitraryExactZone, (system, zone) => {
      const node = nodeOf([zone]);
      const { sleeps, change } = explainNode(k, system, node, 2, 0);
      if (sleeps || change!.pages.pages > 40) return;
      expect(change!.pages.pages).toBe(leastMixture(zone, (freed) => asleep(system, nodeOf([freed]), 2, 0)));
    });
    fc.assert(property, { ...PROPERTY, numRuns: 500 });
  });

  test('of an awake node of two zones is the least over both, each pair of numbers of freed pages tried', () => {
    let seen = 0;
    const property = fc.property(arbitrarySystem, arbitraryTinyNode, (system, node) => {
      const { sleeps, change } = explainNode(k, system, node, 0, 1);
      if (sleeps || change!.pages.pages > 30) return;
      seen++;
      expect(change!.pages.pages).toBe(leastPair(30, (low, high) => asleep(system, withPair(node, low, high), 0, 1)));
    });
    fc.assert(property, { ...PROPERTY, numRuns: 500 });
    expect(seen).toBeGreaterThan(30);
  });

  test('of a sleeping node of two zones is the least of all pairs of numbers of pages taken', () => {
    let seen = 0;
    const property = fc.property(arbitrarySystem, arbitraryTinyNode, (system, node) => {
      const { sleeps, change } = explainNode(k, system, node, 0, 1);
      if (!sleeps || (change?.pages.pages ?? 0) > 30) return;
      const awake = (low: number, high: number): boolean => !asleep(system, withPair(node, -low, -high), 0, 1);
      const least = leastPair(30, awake, node);
      expect(change?.pages.pages ?? Infinity).toBe(least);
      seen++;
    });
    fc.assert(property, { ...PROPERTY, numRuns: 500 });
    expect(seen).toBeGreaterThan(30);
  });

  test('of a high order takes the fewest pages of all numbers of blocks of one order', () => {
    const property = fc.property(arbitrarySystem, arbitraryExactZone, (system, zone) => {
      const { sleeps, change } = explainNode(k, system, nodeOf([zone]), 2, 0);
      if (!sleeps) return;
      let least = Infinity;
      for (let order = 0; order <= 2; order++) {
        for (let count = 1; count * 2 ** order <= zone.freeArea.pages; count++) {
          const taken = takeBlocks(zone.freeArea, order, count);
          if (taken.blocks < count) break;
          const awake = !asleep(system, nodeOf([{ ...zone, freeArea: taken.area }]), 2, 0);
          if (awake) least = Math.min(least, count * 2 ** order);
        }
      }
      expect(change?.pages.pages ?? Infinity).toBe(least);
    });
    fc.assert(property, { ...PROPERTY, numRuns: 500 });
  });
});

const withPair = (node: Node, low: number, high: number): Node =>
  nodeOf([withPages(node.zones[0]!, low), withPages(node.zones[1]!, high)]);

/** The fewest pages in two zones that do it; of a node given, no more than are free. */
function leastPair(most: number, works: (low: number, high: number) => boolean, node?: Node): number {
  const limit = (index: number): number => Math.min(most, node?.zones[index]!.freeArea.pages ?? most);
  let least = Infinity;
  for (let low = 0; low <= limit(0); low++) {
    for (let high = 0; high <= limit(1) && low + high < least; high++) {
      if (works(low, high)) least = low + high;
    }
  }
  return least;
}

/** By trying all mixtures of blocks of order 0 to 2 that hold up to 40 pages. */
function leastMixture(zone: Zone, works: (freed: Zone) => boolean): number {
  let least = Infinity;
  for (let two = 0; two <= 10; two++) {
    for (let one = 0; one <= 20; one++) {
      for (let none = 0; none <= 40; none++) {
        const pages = 4 * two + 2 * one + none;
        if (pages >= least || pages > 40) continue;
        const freeArea = giveBlocks(giveBlocks(giveBlocks(zone.freeArea, 2, two), 1, one), 0, none);
        if (works({ ...zone, pagesScanned: 0, freeArea })) least = pages;
      }
    }
  }
  return least;
}
