import { ALLOC_NO_WATERMARKS, ALLOC_NOFRAGMENT, GFP_WRITE, zoneAt, zonelistAt, type Zone } from '../../model/index.ts';
import { allowedIndex, isLater, shownFree, usableZones } from '../independent/machine.ts';
import { watermarkMetIn } from '../independent/watermark.ts';
import { EVERY_KERNEL, HOLDS, knownToFail, machineProperty, type Failure, type Property } from '../property.ts';
import { attemptsOf, type Visit } from './attempts.ts';

const WALK = 'v4.0 mm/page_alloc.c get_page_from_freelist';
const LATER_WALK = 'v4.19 mm/page_alloc.c get_page_from_freelist';

const localBeforeRemote = machineProperty({
  id: 'remote-pages-only-after-local-zones',
  family: 'machine',
  title: 'Other nodes are turned to only when the local one has nothing',
  statement:
    'The first attempt takes a page of another node than the one that was asked for only after it came by all zones ' +
    'of that node that the request may use, whatever the order of the zonelist.',
  sources: [WALK, LATER_WALK],
  verdicts: {
    'v4.0': knownToFail(
      'In zone order the higher zones of other nodes come before the lower ones of the local node, and the local ' +
        'pass ends at the first zone of another node.',
    ),
    'v4.19': HOLDS,
    'v5.9': HOLDS,
  },
  mustSee: { 'a local page': 0.2, 'a page of another node': 0.15, 'local zones to come by': 0.08 },
  check: (run, see) => {
    for (const { task, memory, visits, page } of attemptsOf(run)) {
      if (task.attempt.failed !== 'allocPagesSlowpath' || page === null) continue;
      const { preferredNode: local } = task.request;
      if (page.node === local) {
        see('a local page');
        continue;
      }
      see('a page of another node');
      const own = usableZones(memory, local, task.request);
      if (own.length > 0) see('local zones to come by');
      const missed = own.find(([, zone]) => !visits.some(({ at }) => at[0] === local && at[1] === zone));
      if (missed === undefined) continue;
      const { name } = zoneAt(memory, missed);
      return {
        clause: `node ${page.node} gives a page, and ${name} of node ${local} was not tried`,
        step: visits.at(-1)!.i,
      };
    }
    return undefined;
  },
});

/** Whether dirty limits forbid the zone: at the low marks, for a page that will be written to. */
function isTooDirty(later: boolean, { memory, task, at }: Visit): boolean {
  if (task.attempt.failed !== 'allocPagesSlowpath' || (task.request.gfp & GFP_WRITE) === 0) return false;
  return later ? !memory.pgdats[at[0]]!.node.dirtyOk : !zoneAt(memory, at).alloc.dirtyOk;
}

/** Whether the walk passes a zone of another node over rather than mix kinds of pages there. */
const avoidsMixing = ({ task, at }: Visit): boolean =>
  (task.attempt.allocFlags & ALLOC_NOFRAGMENT) !== 0 && at[0] !== task.context.preferred?.[0];

const markOf = ({ watermark, boost }: Zone, allocFlags: number): number =>
  [watermark.min, watermark.low, watermark.high][allocFlags & 3]! + boost;

/** A pass comes by the zones that the request may use one by one: the first visit that leaves one out. */
function leftOut(visits: readonly Visit[]): Failure | undefined {
  let pass = 0;
  let next = 0;
  for (const { at, memory, task, pass: now, shifted, i } of visits) {
    if (shifted) return undefined;
    if (now !== pass) next = 0;
    pass = now;
    const { nodemask, zonelist } = task.context;
    const highest = allowedIndex(memory, task.request.gfp);
    const zones = zonelistAt(memory, zonelist);
    const due = zones.filter(([node, zone]) => zone <= highest && (nodemask?.includes(node) ?? true))[next++];
    if (due?.[0] === at[0] && due[1] === at[1]) continue;
    return { clause: `zone ${due?.[1]} of node ${due?.[0]} is left out`, step: i };
  }
  return undefined;
}

const firstWithEnough = machineProperty({
  id: 'the-first-zone-with-enough-gives-the-page',
  family: 'machine',
  title: 'The first zone that has enough gives the page',
  statement:
    'No zone that the request may use is passed over if it would stay above its mark, has a block, and is within its ' +
    'dirty limit where that counts; but for one of another node, where kinds of pages are not to be mixed.',
  sources: [WALK, LATER_WALK],
  verdicts: {
    'v4.0': knownToFail(
      'Fresh pages are spread over the local node’s zones by shares, so that they grow old at the same pace: a zone ' +
        'that has had its turn is passed over. So is one that the zonelist cache remembers as full.',
    ),
    'v4.19': HOLDS,
    'v5.9': HOLDS,
  },
  mustSee: { 'had too little': 0.3, 'was too dirty': 0.02, 'the first one gives': 0.14 },
  check: (run, see) => {
    const { kernel } = run;
    const later = isLater(kernel);
    const met = watermarkMetIn(kernel);
    for (const { visits, page } of attemptsOf(run)) {
      if (page !== null && visits.length === 1) see('the first one gives');
      const left = leftOut(visits);
      if (left !== undefined) return left;
      for (const visit of visits) {
        const { memory, task, at, records, taken, shifted } = visit;
        const { allocFlags } = task.attempt;
        if (taken || shifted || (allocFlags & ALLOC_NO_WATERMARKS) !== 0) continue;
        if (records.some(({ ev }) => ev === 'rmqueue') || avoidsMixing(visit)) continue;
        if (isTooDirty(later, visit)) {
          see('was too dirty');
          continue;
        }
        const zone = zoneAt(memory, at);
        const { order } = task.request;
        const mark = markOf(zone, allocFlags);
        const free = shownFree(zone);
        if (!met(memory.system, zone, order, mark, task.context.classzoneIdx, allocFlags, free)) {
          see('had too little');
          continue;
        }
        return {
          clause: `${zone.name} of node ${at[0]} has ${free} pages free, mark ${mark}, and is passed over`,
          step: visit.i,
        };
      }
    }
    return undefined;
  },
});

const onlyNearNodes = machineProperty({
  id: 'reclaim-on-the-way-only-near',
  family: 'machine',
  title: 'Only near nodes are reclaimed from on the way',
  statement:
    'A walk reclaims from a zone that is too low exactly if that is switched on and the zone’s node is near to the ' +
    'one that it prefers: at a distance below 30 in v4.0, and up to 30 later. In v4.0 a zone that was full lately is ' +
    'left alone.',
  sources: ['v4.0 mm/page_alloc.c zone_allows_reclaim', 'v4.19 mm/page_alloc.c zone_allows_reclaim', LATER_WALK],
  verdicts: EVERY_KERNEL,
  mustSee: { reclaims: 0.1, 'switched off': 0.2, 'too far': 0.015, 'at a distance of 30': 0.003 },
  check: (run, see) => {
    const most = isLater(run.kernel) ? 30 : 29;
    for (const { visits } of attemptsOf(run)) {
      for (const { memory, task, at, records, i } of visits) {
        const { numa } = memory;
        const preferred = task.context.preferred![0];
        const distance = numa.distance[preferred]![at[0]]!;
        const due = numa.zoneReclaimMode > 0 && distance <= most;
        const reclaims = records.some(({ ev }) => ev === 'zone_reclaim' || ev === 'node_reclaim');
        if (numa.zoneReclaimMode > 0 && distance === 30) see('at a distance of 30');
        if (reclaims) {
          see('reclaims');
          if (!due) return { clause: `node ${at[0]} is reclaimed from at a distance of ${distance}`, step: i };
          continue;
        }
        const low = records.some((record) => record.ev === 'watermark' && !record.ok);
        if (!low || records.some(({ ev }) => ev === 'rmqueue' || ev === 'zlc_skip')) continue;
        if (due) return { clause: `node ${at[0]} is near, at ${distance}, and is not reclaimed from`, step: i };
        see(numa.zoneReclaimMode === 0 ? 'switched off' : 'too far');
      }
    }
    return undefined;
  },
});

/** Where a request finds its page: near before far, and without passing anything over. */
export const localityProperties: readonly Property[] = [localBeforeRemote, firstWithEnough, onlyNearNodes];
