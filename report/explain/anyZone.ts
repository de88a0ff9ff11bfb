import { managedZone, populatedZone, type Zone } from '../../model/index.ts';
import type { Asked, BalanceForm, ZoneReason } from './balanceForm.ts';
import { managedClause } from './clauses.ts';
import { highMarkClauses } from './watermark.ts';
import { areBalanced, named } from './words.ts';

/** From v4.8 on: one zone is enough, and each is asked at the index of the request. */
export const anyZone: BalanceForm = {
  askedAt: ({ zoneIdx }) => zoneIdx,
  reasonOf,
  isBalanced: (asked) => (zone) => isBalanced(asked, zone),
  shareOf: () => undefined,
  addsUp: (zones) =>
    named(zones, 'balanced').length > 0 ||
    zones.every(({ verdict }) => verdict === 'unmanaged' || verdict === 'unpopulated'),
  whyBalanced: (zones) => {
    const balanced = named(zones, 'balanced');
    return balanced.length === 0
      ? 'the allocator has no pages of any zone asked about'
      : `${areBalanced(balanced)}, and one zone is enough`;
  },
  whyUnbalanced: () => 'no zone is balanced, and one would be enough: ',
  whyNoAllocation: () => '',
};

function isBalanced({ k, system, order, zoneIdx }: Asked, zone: Zone): boolean {
  return k.zoneWatermarkOkSafe(k, system, zone, order, k.highWmarkPages(k, zone), zoneIdx, 0);
}

function reasonOf(asked: Asked, zone: Zone): ZoneReason {
  const managed = managedClause(zone);
  if (!managedZone(zone)) {
    return { verdict: populatedZone(zone) ? 'unmanaged' : 'unpopulated', clauses: [managed], departs: false };
  }
  const clauses = highMarkClauses(asked.k, asked.system, zone, asked.order, asked.zoneIdx);
  const balanced = isBalanced(asked, zone);
  return {
    verdict: balanced ? 'balanced' : 'unbalanced',
    clauses: [managed, ...clauses],
    departs: clauses.every(({ holds }) => holds) !== balanced,
  };
}
