import { managedZone, populatedZone, type Kernel, type System, type Zone } from '../../model/index.ts';
import type { Clause } from './terms.ts';

/** There are pages in the zone at all. */
export function populatedClause(zone: Zone): Clause {
  const left = { value: zone.present, what: 'present' };
  return { id: 'populated', holds: populatedZone(zone), left, relation: '>', right: { value: 0, what: '' } };
}

/** The buddy allocator has pages of the zone. */
export function managedClause(zone: Zone): Clause {
  const left = { value: zone.managed, what: 'managed' };
  return { id: 'managed', holds: managedZone(zone), left, relation: '>', right: { value: 0, what: '' } };
}

/** The zone is worth scanning: not six times its reclaimable pages were scanned since one was freed. */
export function reclaimableClause(k: Kernel, system: System, zone: Zone): Clause {
  const { activeAnon, inactiveAnon, activeFile, inactiveFile } = zone.lru;
  const reclaimable = k.zoneReclaimablePages(k, system, zone);
  const anon = activeAnon + inactiveAnon;
  const made =
    system.swapPages > 0 ? `file ${activeFile + inactiveFile}, anon ${anon}` : `file; no swap for ${anon} anon`;
  return {
    id: 'reclaimable',
    holds: zone.pagesScanned < 6 * reclaimable,
    left: { value: zone.pagesScanned, what: 'scanned since a page was freed' },
    relation: '<',
    right: { value: 6 * reclaimable, what: `6 × ${reclaimable} reclaimable: ${made}` },
  };
}
