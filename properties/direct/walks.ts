import type { DirectRun, DirectShrinkRecord, DirectStep, Memory, Zone } from '../../model/index.ts';

export const TRY_TO_FREE = 'v4.19 mm/vmscan.c do_try_to_free_pages';
export const SHRINK_ZONES = 'v4.19 mm/vmscan.c shrink_zones';

/** The record of a node being shrunk that a step leaves, if it does. */
export function shrinkOf({ records }: DirectStep): DirectShrinkRecord | undefined {
  for (const record of records) if (record.ev === 'shrink' && 'node' in record) return record;
  return undefined;
}

/** A walk over the zonelist: its steps from the first to the last. */
export interface Walk {
  readonly first: number;
  readonly last: number;
  readonly steps: readonly DirectStep[];
}

/** The walks of every pass over the priorities, pass by pass. */
export function passesOf({ steps }: DirectRun): readonly (readonly Walk[])[] {
  const passes: Walk[][] = [];
  let from = -1;
  for (const [i, { at }] of steps.entries()) {
    if (at === 'doTryToFreePages') passes.push([]);
    if (at === 'shrinkZones') from = i;
    if (at !== 'nextPriority' || from < 0) continue;
    passes.at(-1)?.push({ first: from, last: i, steps: steps.slice(from, i + 1) });
    from = -1;
  }
  return passes;
}

const lruPages = ({ lru }: Zone): number => lru.inactiveAnon + lru.activeAnon + lru.inactiveFile + lru.activeFile;

/** Pages on the lists of all zones. */
const listedPages = ({ pgdats }: Memory): number =>
  pgdats.reduce((sum, { node }) => node.zones.reduce((pages, zone) => pages + lruPages(zone), sum), 0);

/** Pages that a step puts on the lists: those of other tasks that become page cache. */
const cachedIn = (step: DirectStep): number =>
  step.kind === 'event' && 'lruCacheAdd' in step.event ? step.event.lruCacheAdd.pages : 0;

/** Pages that have left the lists in the first so many steps of a run, all if left out: only reclaim takes any. */
export function reclaimedBy({ start, steps }: DirectRun, count = steps.length): number {
  let listed = listedPages(start.memory);
  for (let i = 0; i < count; i++) listed += cachedIn(steps[i]!);
  return listed - listedPages((count === 0 ? start : steps[count - 1]!.after).memory);
}

/** Pages of each zone that left its lists in a step, by node and zone index. */
export function takenPages({ before, after }: DirectStep): readonly (readonly number[])[] {
  return before.memory.pgdats.map(({ node }, n) =>
    node.zones.map((zone, i) => lruPages(zone) - lruPages(after.memory.pgdats[n]!.node.zones[i]!)),
  );
}

/** The highest zone that a mask's names allow among zones of such names, told from the names alone. */
export function allowedZone(names: readonly string[], gfp: readonly string[], highmem: boolean): string {
  const low = (['DMA', 'DMA32'] as const).find((name) => gfp.includes(name));
  const wanted =
    low ?? (highmem || gfp.includes('HIGHMEM') ? (gfp.includes('MOVABLE') ? 'Movable' : 'HighMem') : 'Normal');
  return names.includes(wanted) ? wanted : 'Normal';
}
