import { populatedZone, type Zone } from '../../model/index.ts';
import type { Asked, BalanceForm, JudgedZone, Share, ZoneReason } from './balanceForm.ts';
import { populatedClause, reclaimableClause } from './clauses.ts';
import { compactionClause } from './compaction.ts';
import type { Clause } from './terms.ts';
import { highMarkClauses } from './watermark.ts';
import { areBalanced, listed, named } from './words.ts';

/** Before v4.8: every zone for order 0, each at its own index; for a high order zones with a quarter of the pages. */
export const everyZone: BalanceForm = {
  askedAt: (_asked, index) => index,
  reasonOf,
  isBalanced:
    ({ k, system, order }, index) =>
    (zone) =>
      k.zoneBalanced(k, system, zone, order, 0, index),
  shareOf: (zones, order) => (order === 0 ? undefined : quarterOf(zones)),
  addsUp: (zones, share) => share?.holds ?? zones.every(({ verdict }) => verdict !== 'unbalanced'),
  whyBalanced,
  whyUnbalanced: (share) =>
    share === undefined
      ? ''
      : `balanced zones hold ${share.balancedPages} of ${share.managedPages} managed pages, less than a quarter, and `,
  whyNoAllocation: (zones) =>
    named(zones, 'unreclaimable').length > 0
      ? ': the zones that are not worth scanning are enough for it to sleep'
      : '',
};

/** All that makes a zone balanced for a request of the order. */
export function balancedClauses({ k, system, order }: Asked, zone: Zone, zoneIdx: number): readonly Clause[] {
  const marks = highMarkClauses(k, system, zone, order, zoneIdx);
  return system.compaction && order > 0 ? [...marks, compactionClause(k, system, zone, order, zoneIdx)] : marks;
}

function reasonOf(asked: Asked, zone: Zone, index: number): ZoneReason {
  const { k, system, order } = asked;
  const populated = populatedClause(zone);
  if (!populatedZone(zone)) return { verdict: 'unpopulated', clauses: [populated], departs: false };
  const reclaimable = reclaimableClause(k, system, zone);
  const balanced = balancedClauses(asked, zone, index);
  const worthScanning = k.zoneReclaimable(k, system, zone);
  const isBalanced = k.zoneBalanced(k, system, zone, order, 0, index);
  return {
    verdict: worthScanning ? (isBalanced ? 'balanced' : 'unbalanced') : 'unreclaimable',
    clauses: [populated, reclaimable, ...balanced],
    departs: reclaimable.holds !== worthScanning || balanced.every(({ holds }) => holds) !== isBalanced,
  };
}

function quarterOf(zones: readonly JudgedZone[]): Share {
  let balancedPages = 0;
  let managedPages = 0;
  for (const { zone, verdict } of zones) {
    if (verdict === 'unpopulated') continue;
    managedPages += zone.managed;
    if (verdict !== 'unbalanced') balancedPages += zone.managed;
  }
  const needed = Math.floor(managedPages / 4);
  return { balancedPages, managedPages, needed, holds: balancedPages >= needed };
}

function whyBalanced(zones: readonly JudgedZone[], share: Share | undefined): string {
  const unbalanced = named(zones, 'unbalanced');
  if (share !== undefined && unbalanced.length > 0) {
    const sum = `balanced zones hold ${share.balancedPages} of ${share.managedPages} managed pages, at least a quarter`;
    return `${sum}, though ${listed(unbalanced)} ${unbalanced.length === 1 ? 'is' : 'are'} not balanced`;
  }
  const parts: string[] = [];
  const balanced = named(zones, 'balanced');
  const unreclaimable = named(zones, 'unreclaimable');
  if (balanced.length > 0) parts.push(areBalanced(balanced));
  if (unreclaimable.length > 0) {
    const are = unreclaimable.length === 1 ? 'counts as balanced, being' : 'count as balanced, being';
    parts.push(`${listed(unreclaimable)} ${are} not worth scanning`);
  }
  return parts.length === 0 ? 'no zone asked about is populated' : parts.join(', and ');
}
