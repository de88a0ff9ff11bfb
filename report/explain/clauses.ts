import { populatedZone, zonePageState, zonePageStateSnapshot } from '../../model/index.ts';
import type { Kernel, System, Zone } from '../../model/index.ts';

export type ClauseId = 'populated' | 'reclaimable' | 'watermark' | 'orderWalk' | 'compaction';

/** One comparison that a rule makes, with its numbers, in pages unless `right` says otherwise. */
export interface Clause {
  readonly id: ClauseId;
  readonly holds: boolean;
  readonly left: Term;
  readonly relation: '>' | '<' | 'outside' | 'is not';
  readonly right: Term;
  /** What the comparison is made of, where it is a matter of several. */
  readonly parts?: readonly Clause[];
}

/** A number or a name of the kernel's, and what it is. */
export interface Term {
  readonly value: number | string;
  readonly what: string;
}

const pages = (count: number): string => (count === 1 ? '1 page' : `${count} pages`);

/** There are pages in the zone at all. */
export function populatedClause(zone: Zone): Clause {
  const left = { value: zone.present, what: 'present' };
  return { id: 'populated', holds: populatedZone(zone), left, relation: '>', right: { value: 0, what: '' } };
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

/** The free pages that the careful watermark check goes by, and which counter that is. */
function safeFree(zone: Zone): Term & { readonly value: number } {
  const cheap = zonePageState(zone);
  const distrusted = zone.percpuDriftMark !== 0 && cheap < zone.percpuDriftMark;
  return distrusted
    ? {
        value: zonePageStateSnapshot(zone),
        what: `free, counted precisely (below the drift mark ${zone.percpuDriftMark})`,
      }
    : { value: cheap, what: 'free' };
}

/** The clauses of one watermark check: all free pages against the mark, then those in blocks of each higher order. */
function watermarkClauses(
  system: System,
  zone: Zone,
  order: number,
  mark: Term & { readonly value: number },
  zoneIdx: number,
  free: Term & { readonly value: number },
): readonly Clause[] {
  const request = (1 << order) - 1;
  const cma = system.cma ? zone.freeArea.cmaPages : 0;
  const reserve = zone.lowmemReserve[zoneIdx]!;
  const whole: Clause = {
    id: 'watermark',
    holds: free.value - request - cma > mark.value + reserve,
    left: { value: free.value - request - cma, what: reduced(free, request, cma) },
    relation: '>',
    right: {
      value: mark.value + reserve,
      what: reserve === 0 ? mark.what : `${mark.what} ${mark.value} + reserve ${reserve}`,
    },
  };
  const clauses: Clause[] = [whole];
  let left = free.value - request;
  let min = mark.value;
  for (let o = 0; o < order; o++) {
    left -= zone.freeArea.nrFree[o]! * (1 << o);
    min = Math.floor(min / 2);
    clauses.push({
      id: 'orderWalk',
      holds: left > min,
      left: { value: left, what: `${left + request} in blocks of order ${o + 1} or more${less(request, 0)}` },
      relation: '>',
      right: { value: min, what: `${mark.what} / ${1 << (o + 1)}` },
    });
  }
  return clauses;
}

const reduced = (free: Term, request: number, cma: number): string =>
  request + cma === 0 ? free.what : `${free.value} ${free.what}${less(request, cma)}`;

const less = (request: number, cma: number): string =>
  `${request === 0 ? '' : ` − ${request} of the request`}${cma === 0 ? '' : ` − ${cma} of CMA`}`;

/** The zone is above its high mark for a request of the order, asked at its own index. */
function highMarkClauses(system: System, zone: Zone, order: number, zoneIdx: number): readonly Clause[] {
  const mark = { value: zone.watermark.high, what: 'high mark' };
  return watermarkClauses(system, zone, order, mark, zoneIdx, safeFree(zone));
}

/**
 * Compaction would not refuse the zone: the request would succeed at the low mark, or there is room to work in and
 * fragmentation is to blame. `parts` are these three; the first alone is enough, or the other two together.
 */
export function compactionClause(k: Kernel, system: System, zone: Zone, order: number, zoneIdx: number): Clause {
  const { low } = zone.watermark;
  const cheap = { value: zonePageState(zone), what: 'free' };
  const lowMark = { value: low, what: 'low mark' };
  const succeeds = watermarkClauses(system, zone, order, lowMark, zoneIdx, cheap);
  const space = { value: low + (2 << order), what: `low mark + ${pages(2 << order)} to work in` };
  const [room] = watermarkClauses(system, zone, 0, space, zoneIdx, cheap);
  const index = k.fragmentationIndex(k, zone, order);
  const fragmented: Clause = {
    id: 'compaction',
    holds: index < 0 || index > system.extfragThreshold,
    left: { value: index, what: 'fragmentation index' },
    relation: 'outside',
    right: { value: `0 to ${system.extfragThreshold}`, what: 'where memory is short rather than fragmented' },
  };
  const first = succeeds.find(({ holds }) => !holds) ?? succeeds[0]!;
  return {
    id: 'compaction',
    holds: first.holds || (room!.holds && fragmented.holds),
    left: { value: k.compactionSuitable(k, system, zone, order, 0, zoneIdx), what: 'compaction_suitable' },
    relation: 'is not',
    right: { value: 'COMPACT_SKIPPED', what: '' },
    parts: [first, room!, fragmented],
  };
}

/** All that makes a zone balanced for a request of the order. */
export function balancedClauses(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  zoneIdx: number,
): readonly Clause[] {
  const marks = highMarkClauses(system, zone, order, zoneIdx);
  return system.compaction && order > 0 ? [...marks, compactionClause(k, system, zone, order, zoneIdx)] : marks;
}
