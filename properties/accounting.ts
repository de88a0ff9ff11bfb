import { MIGRATE_TYPES, type FreeArea, type Machine, type Step, type Zone } from '../model/index.ts';
import { EVERY_KERNEL, HOLDS, stepProperty, type Failure, type Property } from './property.ts';

const lruPages = ({ lru }: Zone): number => lru.inactiveAnon + lru.activeAnon + lru.inactiveFile + lru.activeFile;

/** The least count of a zone: free blocks of any list and order, pages of any LRU list, scanned pages. */
function leastCount({ freeArea, lru, pagesScanned }: Zone): number {
  let least = Math.min(pagesScanned, lru.inactiveAnon, lru.activeAnon, lru.inactiveFile, lru.activeFile);
  for (const type of MIGRATE_TYPES) for (const blocks of freeArea.lists[type]) if (blocks < least) least = blocks;
  return least;
}

/** Where a free area's sums are not what its lists add up to. */
function wrongSum({ lists, nrFree, pages, cmaPages }: FreeArea): string | undefined {
  let onLists = 0;
  let cma = 0;
  for (const [order, counted] of nrFree.entries()) {
    let blocks = 0;
    for (const type of MIGRATE_TYPES) blocks += lists[type][order]!;
    if (blocks !== counted) return `${counted} blocks of order ${order} are counted, the lists hold ${blocks}`;
    onLists += blocks * 2 ** order;
    cma += lists.cma[order]! * 2 ** order;
  }
  if (onLists !== pages) return `${pages} pages are counted as free, the lists hold ${onLists}`;
  return cma === cmaPages ? undefined : `${cmaPages} CMA pages are counted as free, the list holds ${cma}`;
}

/** Checks each zone before a step against the same zone after it. */
function eachZone(
  step: Step,
  check: (before: Zone, after: Zone, index: number) => string | undefined,
): Failure | undefined {
  const { before, after } = step;
  if (before.node === after.node) return undefined;
  for (const [i, zone] of before.node.zones.entries()) {
    const now = after.node.zones[i]!;
    const wrong = zone === now ? undefined : check(zone, now, i);
    if (wrong !== undefined) return { clause: `${zone.name}: ${wrong}` };
  }
  return undefined;
}

/** Pages that a step gives to the zone or its lists (positive), or at most takes from it (negative). */
function exchanged(step: Step, zone: number): number {
  if (step.kind !== 'event') return 0;
  const { event } = step;
  if ('give' in event && event.give.zone === zone) return event.give.count * 2 ** event.give.order;
  if ('lruCacheAdd' in event && event.lruCacheAdd.zone === zone) return event.lruCacheAdd.pages;
  if ('take' in event && event.take.zone === zone) return -event.take.count * 2 ** event.take.order;
  return 0;
}

const pagesAreConserved = stepProperty({
  id: 'pages-are-conserved',
  family: 'accounting',
  title: 'Pages are conserved',
  statement:
    'Free and reclaimable pages of a zone change together only by what tasks take and give, and by what they hold ' +
    'that becomes page cache: reclaim and compaction move pages and neither make nor lose one. A take takes whole ' +
    'blocks, and no more than were asked for.',
  keptFor: 'It guards the model itself: a page that is lost makes every other verdict worthless.',
  sources: ['v4.0 mm/page_alloc.c __rmqueue_smallest', 'v4.0 mm/vmscan.c shrink_zone'],
  verdicts: EVERY_KERNEL,
  mustSee: { take: 0.3, give: 0.1, 'page cache': 0.03, reclaim: 0.3, 'a take cut short': 0.05 },
  check: ({ step }, see) =>
    eachZone(step, (before, after, i) => {
      const change = after.freeArea.pages + lruPages(after) - before.freeArea.pages - lruPages(before);
      const asked = exchanged(step, i);
      if (asked < 0 && step.kind === 'event' && 'take' in step.event) {
        see(change > asked ? 'a take cut short' : 'take');
        const whole = -change % 2 ** step.event.take.order === 0;
        return change <= 0 && change >= asked && whole ? undefined : `${-change} pages were taken, ${-asked} asked for`;
      }
      if (asked > 0) see(after.freeArea === before.freeArea ? 'page cache' : 'give');
      if (step.kind === 'work' && after.freeArea.pages > before.freeArea.pages) see('reclaim');
      return change === asked ? undefined : `${change - asked} pages appeared from nowhere`;
    }),
});

const countersNeverNegative = stepProperty({
  id: 'counters-are-never-negative',
  family: 'accounting',
  title: 'No counter is negative',
  statement: 'Free blocks of every list and order, pages of every LRU list, and scanned pages are never below 0.',
  keptFor: 'It guards the model itself, whatever rule drives a counter below 0.',
  sources: ['v4.0 include/linux/vmstat.h zone_page_state'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'an empty zone': 0.02 },
  check: ({ step }, see) =>
    eachZone(step, (_before, zone) => {
      if (zone.freeArea.pages === 0) see('an empty zone');
      const least = leastCount(zone);
      return least < 0 ? `a counter reads ${least}` : undefined;
    }),
});

const sumsMatchLists = stepProperty({
  id: 'sums-match-the-lists',
  family: 'accounting',
  title: 'Free counts are the sums of the free lists',
  statement: 'A zone’s free pages, its free CMA pages and its blocks of each order are what its lists add up to.',
  keptFor: 'It guards the model itself: two ways to count the same pages.',
  sources: ['v4.0 include/linux/mmzone.h struct free_area'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'several lists': 0.1 },
  check: ({ step }, see) =>
    eachZone(step, (before, { freeArea }) => {
      if (freeArea === before.freeArea) return undefined;
      const onOthers = freeArea.pages - freeArea.lists.movable.reduce((sum, blocks, o) => sum + blocks * 2 ** o, 0);
      if (onOthers > 0) see('several lists');
      return wrongSum(freeArea);
    }),
});

/** Pages that a step freed in a zone: by reclaim, or by a task. */
const freed = (step: Step, before: Machine, after: Machine, i: number): number =>
  step.kind === 'work' || exchanged(step, i) > 0
    ? after.node.zones[i]!.freeArea.pages - before.node.zones[i]!.freeArea.pages
    : 0;

const scannedResets = stepProperty({
  id: 'scanned-resets-when-pages-are-freed',
  family: 'accounting',
  title: 'Scanned pages start over exactly when pages are freed',
  statement:
    'The count of scanned pages falls to 0 when a page of the zone is freed, and only then; otherwise it only ' +
    'grows, and only by shrinking the zone.',
  keptFor: 'It names the counter that gives zones up, at each place where pages come back.',
  sources: ['v4.0 mm/page_alloc.c free_pcppages_bulk', 'v4.0 mm/vmscan.c shrink_inactive_list'],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'freed by reclaim': 0.3, 'freed by a task': 0.1, 'scanned in vain': 0.1 },
  check: ({ step }, see) =>
    eachZone(step, (before, after, i) => {
      const pages = freed(step, step.before, step.after, i);
      if (pages > 0) {
        see(step.kind === 'work' ? 'freed by reclaim' : 'freed by a task');
        return after.pagesScanned === 0
          ? undefined
          : `${pages} pages were freed, ${after.pagesScanned} count as scanned`;
      }
      if (after.pagesScanned === before.pagesScanned) return undefined;
      if (step.kind === 'work' && step.at === 'shrink' && after.pagesScanned > before.pagesScanned) {
        see('scanned in vain');
        return undefined;
      }
      return `scanned pages went from ${before.pagesScanned} to ${after.pagesScanned}, and nothing was freed`;
    }),
});

/** Where pages go, and what is counted. */
export const accountingProperties: readonly Property[] = [
  pagesAreConserved,
  countersNeverNegative,
  sumsMatchLists,
  scannedResets,
];
