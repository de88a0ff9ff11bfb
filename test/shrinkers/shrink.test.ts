import { describe, expect, it } from 'vitest';
import { isLegalScenarioNode } from '../../generators/index.ts';
import { parseSavedCase } from '../../search/savedCase.ts';
import { deriveKernel, v4_0, type Kernel } from '../../model/index.ts';
import { judge, properties, type Property } from '../../properties/index.ts';
import { shrinkCase, simplifications, type Case } from '../../shrinkers/index.ts';
import { measure } from '../../shrinkers/measure.ts';
import { failingCases } from './failing.ts';

const propertyOf = (id: string): Property => properties.find((property) => property.id === id)!;

const knownFailures = properties.filter(
  ({ verdicts, over }) => verdicts['v4.0']?.holds === false && over !== 'machine',
);

/** v4.0 with one rule broken, and a property that notices. */
const broken: readonly { readonly kernel: Kernel; readonly property: Property }[] = [
  {
    kernel: deriveKernel(v4_0, {
      name: 'a zone is given up after three scans',
      zoneReclaimable: (k, system, zone) => zone.pagesScanned < 3 * k.zoneReclaimablePages(k, system, zone),
    }),
    property: propertyOf('reclaimable-is-six-times'),
  },
  {
    kernel: deriveKernel(v4_0, {
      name: 'the mark itself is enough',
      __zoneWatermarkOk: (k, system, zone, order, mark, zoneIdx, flags, free) =>
        v4_0.__zoneWatermarkOk(k, system, zone, order, mark - 1, zoneIdx, flags, free),
    }),
    property: propertyOf('watermark-is-arithmetic'),
  },
  {
    kernel: deriveKernel(v4_0, {
      name: 'kswapd may always sleep',
      prepareKswapdSleep: (_k, machine) => ({ sleep: true, machine, records: [] }),
    }),
    property: propertyOf('sleep-only-when-balanced'),
  },
];

const cases: readonly { readonly name: string; readonly kernel: Kernel; readonly property: Property }[] = [
  ...knownFailures.map((property) => ({ name: `v4.0, ${property.id}`, kernel: v4_0, property })),
  ...broken.map(({ kernel, property }) => ({ name: `${kernel.name}, ${property.id}`, kernel, property })),
];

const isLegal = (given: Case): boolean => !('node' in given) || isLegalScenarioNode(given.node);

const accepted = (given: Case): boolean => {
  parseSavedCase(JSON.stringify({ id: 'shrunk', kernel: 'v4.0', ...given }), 'a shrunk case');
  return true;
};

describe.each(cases)('$name', ({ kernel, property }) => {
  const fails = (given: Case): boolean => judge(property, kernel, given) !== undefined;
  const drawn = failingCases(property, kernel, 3, 20);

  it('shrinks to a failing, legal and small case of which nothing simpler fails', () => {
    expect(drawn.length).toBeGreaterThan(0);
    for (const given of drawn) {
      const shrunk = shrinkCase(property.over, given, fails).case;
      expect(fails(shrunk)).toBe(true);
      expect(accepted(shrunk)).toBe(true);
      expect(isLegal(shrunk)).toBe(true);
      expect([...simplifications(property.over, shrunk)].filter(fails)).toEqual([]);
      const [events, turns, zones] = measure(shrunk);
      expect(events).toBeLessThanOrEqual(3);
      expect(turns).toBeLessThanOrEqual(3);
      expect(zones).toBeLessThanOrEqual(2);
    }
  });
});

describe('shrinking', () => {
  const property = propertyOf('a-request-is-served-or-pending');
  const fails = (given: Case): boolean => judge(property, v4_0, given) !== undefined;
  const given = failingCases(property, v4_0, 1, 7)[0]!;

  it('leaves the given case as it was', () => {
    const before = JSON.stringify(given);
    shrinkCase('run', given, fails);
    expect(JSON.stringify(given)).toBe(before);
  });

  it('does the same every time', () => {
    expect(shrinkCase('run', given, fails)).toEqual(shrinkCase('run', given, fails));
  });

  it('tries no more cases than it may, and returns a failing one', () => {
    for (const maxTries of [0, 1, 10, 50]) {
      const { case: shrunk, tries } = shrinkCase('run', given, fails, { maxTries });
      expect(tries).toBe(maxTries);
      expect(fails(shrunk)).toBe(true);
    }
  });

  it('ends, at the simplest case of all, when everything fails', () => {
    for (const one of [given, failingCases(propertyOf('safe-check-is-exact'), v4_0, 1, 7)[0]!]) {
      const { case: shrunk } = shrinkCase('script' in one ? 'run' : 'question', one, () => true);
      expect(measure(shrunk)).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
    }
  });

  it('keeps the case when nothing else fails', () => {
    expect(shrinkCase('run', given, () => false).case).toBe(given);
  });
});

describe('simplifications', () => {
  it('of any drawn case are all simpler, legal and accepted by the schema', () => {
    for (const id of ['a-request-is-recorded', 'safe-check-is-exact', 'drift-mark-follows-set-up']) {
      const property = propertyOf(id);
      for (const given of failingCases(property, v4_0, 3, 3)) {
        let count = 0;
        for (const simpler of simplifications(property.over, given)) {
          if (count++ % 29 !== 0) continue;
          expect(isLegal(simpler)).toBe(true);
          expect(accepted(simpler)).toBe(true);
        }
        expect(count).toBeGreaterThan(10);
      }
    }
  });
});
