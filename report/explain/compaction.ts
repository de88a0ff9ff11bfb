import { zonePageState, type Kernel, type System, type Zone } from '../../model/index.ts';
import type { Clause } from './terms.ts';
import { watermarkClauses } from './watermark.ts';

const pages = (count: number): string => (count === 1 ? '1 page' : `${count} pages`);

/**
 * Compaction would not refuse the zone: the request would succeed at the low mark, or there is room to work in and
 * fragmentation is to blame. `parts` are these three; the first alone is enough, or the other two together.
 */
export function compactionClause(k: Kernel, system: System, zone: Zone, order: number, zoneIdx: number): Clause {
  const low = k.lowWmarkPages(k, zone);
  const free = { value: zonePageState(zone), what: 'free' };
  const lowMark = { value: low, what: 'low mark', sum: `low mark ${low}` };
  const succeeds = watermarkClauses(k, { system, zone, order, mark: lowMark, zoneIdx, free });
  const toWorkIn = `low mark + ${pages(2 << order)} to work in`;
  const space = { value: low + (2 << order), what: toWorkIn, sum: `${toWorkIn} ${low + (2 << order)}` };
  const [room] = watermarkClauses(k, { system, zone, order: 0, mark: space, zoneIdx, free });
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
