import { MIGRATE_TYPES, v4_0, type Kernel, type ScenarioNode, type ScenarioZone } from '../model/index.ts';
import { generationOf, type Generation } from './generation.ts';
import { driftLimit } from './zone/limits.ts';
import { lruPages } from './zone/lru.ts';

/** Pages on all free lists of a zone. */
export function freePagesOf({ free }: Pick<ScenarioZone, 'free'>): number {
  let pages = 0;
  for (const type of MIGRATE_TYPES) free[type]?.forEach((blocks, order) => (pages += blocks * (1 << order)));
  return pages;
}

/** Why no machine of a kernel could be in this state, one sentence each; empty for a legal node. */
export function illegalities(node: ScenarioNode, kernel: Kernel = v4_0): readonly string[] {
  const generation = generationOf(kernel);
  const found = node.zones.flatMap((zone, index) =>
    [
      ...sizes(zone),
      ...marks(zone),
      ...reserves(zone, index, node.zones.length),
      ...use(zone),
      ...unknown(zone, generation),
    ].map((reason) => `${zone.name}: ${reason}`),
  );
  const populated = (name: string) => node.zones.some((zone) => zone.name === name && zone.present > 0);
  if (populated('HighMem') && populated('Movable')) found.push('HighMem and Movable are both populated');
  const top = node.zones.findLastIndex(({ present }) => present > 0);
  if (top < 0) found.push('no zone is populated');
  if (!generation.byNode && node.kswapd.zoneIdx > Math.max(top, 0)) {
    found.push(`a request for zone index ${node.kswapd.zoneIdx} is pending, above the highest populated zone ${top}`);
  }
  return found;
}

export const isLegalScenarioNode = (node: ScenarioNode): boolean => illegalities(node).length === 0;

function sizes(zone: ScenarioZone): readonly string[] {
  const { present, managed } = zone;
  return managed > present ? [`manages ${managed} pages, but only ${present} are present`] : [];
}

function marks({ watermark: { min, low, high }, present, percpuDriftMark }: ScenarioZone): readonly string[] {
  const found: string[] = [];
  if (min > low || low > high) found.push(`the marks ${min}, ${low}, ${high} do not ascend`);
  if (present === 0 && percpuDriftMark !== 0) found.push('has a drift mark, but no pages');
  return found;
}

/** A zone keeps nothing from its own requests or those of lower zones, and no less from a higher one than from it. */
function reserves({ lowmemReserve }: ScenarioZone, index: number, count: number): readonly string[] {
  const found: string[] = [];
  if (lowmemReserve.length !== count) found.push(`has ${lowmemReserve.length} reserves for ${count} zones`);
  if (lowmemReserve.slice(0, index + 1).some((pages) => pages !== 0)) {
    found.push('keeps a reserve from its own requests or those of lower zones');
  }
  for (let i = index + 1; i < lowmemReserve.length; i++) {
    if (lowmemReserve[i]! < lowmemReserve[i - 1]!) found.push(`its reserves fall at zone index ${i}`);
  }
  return found;
}

function use(zone: ScenarioZone): readonly string[] {
  const { managed, vmstatDrift, pagesScanned, flags } = zone;
  const free = freePagesOf(zone);
  const lru = lruPages(zone.lru);
  const found: string[] = [];
  if (free + lru > managed) found.push(`${free} free and ${lru} evictable pages are more than the ${managed} managed`);
  if (Math.abs(vmstatDrift) > driftLimit(zone)) {
    found.push(`its counter is off by ${vmstatDrift}, more than the ${driftLimit(zone)} that its marks allow for`);
  }
  if (vmstatDrift > 0 && free + vmstatDrift > managed) found.push('its counter shows more free pages than it manages');
  if (managed === 0 && (pagesScanned !== 0 || flags.length > 0)) found.push('was scanned, but manages no pages');
  return found;
}

/** What the kernel does not know of. */
function unknown({ boost, reservedHighatomic, free, pagesScanned }: ScenarioZone, generation: Generation): string[] {
  const found: string[] = [];
  if (boost !== 0 && !generation.boosts) found.push('is boosted in a kernel without boosts');
  if (pagesScanned !== 0 && generation.byNode) found.push('has scanned pages in a kernel that does not count them');
  if (generation.byNode) return found;
  if (reservedHighatomic !== 0 || free.highatomic !== undefined) {
    found.push('has high-order atomic reserves in a kernel without them');
  }
  return found;
}
