import type { Kernel } from '../kernel.ts';
import { makeSetupMachine, setupAtBoot, type SetupArgs } from '../setup/boot.ts';
import type { SetupZone } from '../setup/machine.ts';
import { giveBlocks, type FreeArea } from '../state/freeArea.ts';
import type { Memory, Pgdat } from '../state/memory.ts';
import { nrZones, withZone } from '../state/node.ts';
import { NO_WAITS } from '../state/waits.ts';
import type { Zone } from '../state/zone.ts';
import { MAX_ORDER } from '../units.ts';
import type { WholeMachine } from './state.ts';

const TOP = MAX_ORDER - 1;

/** The free area with so many pages more, in the fewest blocks. */
function withPages(area: FreeArea, pages: number): FreeArea {
  let now = giveBlocks(area, TOP, Math.floor(pages / 2 ** TOP));
  for (let order = TOP - 1; order >= 0; order--) now = giveBlocks(now, order, Math.floor(pages / 2 ** order) % 2);
  return now;
}

/** What set-up made of a zone: its marks, its reserves, and the batch that it gives before others have their turn. */
const withSetup = (zone: Zone, made: SetupZone): Zone => ({
  ...zone,
  watermark: made.watermark,
  lowmemReserve: made.lowmemReserve,
  percpuDriftMark: made.percpuDriftMark,
  alloc: { ...zone.alloc, batch: made.watermark.high - made.watermark.low },
});

/** Marks and reserves of all zones, derived anew. */
function setUp(k: Kernel, pgdats: readonly Pgdat[], settings: SetupArgs): readonly Pgdat[] {
  const made = setupAtBoot(
    k,
    makeSetupMachine(
      pgdats.map(({ node }) => node),
      settings,
    ),
  );
  return pgdats.map((pgdat, n) => ({
    ...pgdat,
    node: { ...pgdat.node, zones: pgdat.node.zones.map((zone, z) => withSetup(zone, made.nodes[n]!.zones[z]!)) },
  }));
}

/** A kswapd begins to run on a node that had no memory before. */
const withKswapd = (k: Kernel, { node }: Pgdat): Pgdat => ({ node, thread: k.startThread(node), waits: NO_WAITS });

/**
 * Pages are added to a zone: they are free, all marks and reserves are derived anew, the zonelists are built anew, and
 * a node that had no memory gets its kswapd.
 * @kernel v4.0 mm/memory_hotplug.c online_pages
 * @abstracts where the pages lie: they come in the largest blocks.
 */
export function onlinePages(k: Kernel, w: WholeMachine, index: number, zoneIndex: number, pages: number): WholeMachine {
  const { memory, hasCpus } = w;
  const before = memory.pgdats[index]!;
  const zone = before.node.zones[zoneIndex]!;
  const grown: Zone = {
    ...zone,
    present: zone.present + pages,
    managed: zone.managed + pages,
    freeArea: withPages(zone.freeArea, pages),
  };
  const node = withZone(before.node, zoneIndex, grown);
  const pgdat = { ...before, node };
  const added = memory.pgdats.with(index, nrZones(before.node) === 0 ? withKswapd(k, pgdat) : pgdat);
  const settings = { ...w.settings, totalramPages: w.settings.totalramPages + pages };
  const pgdats = setUp(k, added, settings);
  const built = k.buildZonelists(k, { nodes: pgdats.map((one) => one.node), hasCpus, numa: memory.numa });
  const online: Memory = { system: memory.system, numa: memory.numa, pgdats, zonelists: built };
  return { memory: online, tasks: w.tasks, hasCpus, settings };
}
