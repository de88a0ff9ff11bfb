import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryQuestion } from '../../../generators/index.ts';
import { deriveKernel, kernels, makeMachine, makeNode, v4_0, v5_9, type Kernel } from '../../../model/index.ts';
import type { Node, System } from '../../../model/index.ts';
import { managedClause, populatedClause, reclaimableClause } from '../../../report/explain/clauses.ts';
import { compactionClause } from '../../../report/explain/compaction.ts';
import { balancedClauses } from '../../../report/explain/everyZone.ts';
import { explainNode, type NodeAnswer } from '../../../report/explain/explainNode.ts';
import { answerSentence } from '../../../report/explain/sentence.ts';
import { arbitraryNode, arbitraryOrder, arbitrarySystem, arbitraryZone, PROPERTY, small } from './sketch.ts';

const KERNELS = Object.values(kernels).map((kernel) => [kernel.name, kernel] as const);
const holdAll = (clauses: NodeAnswer['zones'][number]['clauses']): boolean => clauses.every(({ holds }) => holds);

/** What the clauses alone add up to, by the words of each generation's rule. */
function balancedByClauses({ zones, share }: NodeAnswer): boolean {
  if (zones[0]!.clauses[0]!.id === 'managed') {
    const managed = zones.filter(({ clauses }) => clauses[0]!.holds);
    return managed.length === 0 || managed.some(({ clauses }) => holdAll(clauses));
  }
  return (
    share?.holds ??
    zones.every(({ clauses: [populated, reclaimable, ...rest] }) => {
      return !populated!.holds || !reclaimable!.holds || holdAll(rest);
    })
  );
}

function expectAgreement(k: Kernel, system: System, node: Node, order: number, zoneIdx: number): void {
  const answer = explainNode(k, system, node, order, zoneIdx);
  const balanced = k.pgdatBalanced(k, system, node, order, zoneIdx);
  expect(balancedByClauses(answer)).toBe(balanced);
  expect(answer.sleeps).toBe(k.prepareKswapdSleep(k, makeMachine(k, system, node), order, 0, zoneIdx).sleep);
  expect(answer.sleeps).toBe(balanced || answer.gaveUpAfter > 0);
  expect(answer.departs || answer.zones.some(({ departs }) => departs)).toBe(false);
}

describe.each(KERNELS)('clauses of %s', (_name, k) => {
  test('of tiny nodes add up to pgdat_balanced, and with what kswapd gave up to prepare_kswapd_sleep', () => {
    const property = fc.property(arbitrarySystem, arbitraryNode, arbitraryOrder, small(2), (system, node, order, idx) =>
      expectAgreement(k, system, node, order, idx),
    );
    fc.assert(property, PROPERTY);
  });

  test('of drawn machines add up to the same', () => {
    const property = fc.property(arbitraryQuestion({ kernel: k }), ({ system, node, args: { order, zoneIdx } }) =>
      expectAgreement(k, system, makeNode(node), order, zoneIdx),
    );
    fc.assert(property, { ...PROPERTY, numRuns: 500 });
  });
});

describe('clauses', () => {
  test('of v4.0: their conjunction is zone_balanced', () => {
    const property = fc.property(
      arbitrarySystem,
      arbitraryZone,
      arbitraryOrder,
      small(2),
      (system, zone, order, idx) => {
        const holds = holdAll(balancedClauses({ k: v4_0, system, order, zoneIdx: 2 }, zone, idx));
        expect(holds).toBe(v4_0.zoneBalanced(v4_0, system, zone, order, 0, idx));
      },
    );
    fc.assert(property, PROPERTY);
  });

  test('populated, managed, reclaimable and compaction agree with their rules', () => {
    const property = fc.property(arbitrarySystem, arbitraryZone, arbitraryOrder, (system, zone, order) => {
      expect(populatedClause(zone).holds).toBe(zone.present > 0);
      expect(managedClause(zone).holds).toBe(zone.managed > 0);
      expect(reclaimableClause(v4_0, system, zone).holds).toBe(v4_0.zoneReclaimable(v4_0, system, zone));
      const compaction = compactionClause(v4_0, system, zone, order, 0);
      expect(compaction.holds).toBe(compaction.left.value !== 'COMPACT_SKIPPED');
    });
    fc.assert(property, PROPERTY);
  });

  test('of a user’s kernel are those of its base; where its own rules part from them, it says so', () => {
    const patient = deriveKernel(v5_9, {
      name: 'patient',
      pgdatBalanced: (k, system, node, order, zoneIdx) =>
        node.zones.slice(0, zoneIdx + 1).every((zone) => {
          return zone.managed === 0 || k.zoneWatermarkOkSafe(k, system, zone, order, zone.watermark.high, zoneIdx, 0);
        }),
    });
    let parted = 0;
    const property = fc.property(arbitrarySystem, arbitraryNode, (system, node) => {
      const own = explainNode(patient, system, node, 0, 2);
      const stock = explainNode(v5_9, system, node, 0, 2);
      expect(own.zones.map(({ clauses }) => clauses)).toEqual(stock.zones.map(({ clauses }) => clauses));
      expect(own.departs).toBe(
        patient.pgdatBalanced(patient, system, node, 0, 2) !== v5_9.pgdatBalanced(v5_9, system, node, 0, 2),
      );
      if (own.departs && own.gaveUpAfter === 0) {
        expect(answerSentence(own)).toContain('the kernel’s own rules say so');
        parted++;
      }
    });
    fc.assert(property, { ...PROPERTY, numRuns: 500 });
    expect(parted).toBeGreaterThan(30);
  });

  test('of a user’s zone_reclaimable say where that answers otherwise', () => {
    const sparing = deriveKernel(v4_0, {
      name: 'sparing',
      zoneReclaimable: (k, system, zone) => zone.pagesScanned < 3 * k.zoneReclaimablePages(k, system, zone),
    });
    let parted = 0;
    const property = fc.property(arbitrarySystem, arbitraryNode, (system, node) => {
      for (const { clauses, departs, verdict, zone } of explainNode(sparing, system, node, 0, 2).zones) {
        const own = sparing.zoneReclaimable(sparing, system, zone);
        expect(departs).toBe(verdict !== 'unpopulated' && clauses[1]!.holds !== own);
        if (departs) parted++;
      }
    });
    fc.assert(property, { ...PROPERTY, numRuns: 500 });
    expect(parted).toBeGreaterThan(30);
  });

  test('of a user’s zone_watermark_ok say where that answers otherwise', () => {
    const strict = deriveKernel(v5_9, {
      name: 'strict',
      zoneWatermarkOkSafe: (k, system, zone, order, mark, zoneIdx, flags) =>
        v5_9.zoneWatermarkOkSafe(k, system, zone, order, 2 * mark, zoneIdx, flags),
    });
    const property = fc.property(arbitrarySystem, arbitraryNode, (system, node) => {
      for (const { clauses, verdict, departs } of explainNode(strict, system, node, 0, 2).zones) {
        expect(departs).toBe(verdict === 'unbalanced' && holdAll(clauses));
      }
    });
    fc.assert(property, PROPERTY);
  });
});
