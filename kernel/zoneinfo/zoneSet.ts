import { InputError } from '../inputError.ts';
import { neededPages, neededProtection, placeOf } from './fields.ts';
import { LISTED_ZONES, type ListedZone } from './names.ts';
import type { ZoneText } from './parse.ts';

/**
 * The zones that the kernel was built with, by index. Kernels before 4.12 list only populated ones, and then the
 * number of lowmem reserves and where they begin tell which others there are.
 */
export function zoneSetOf(zones: readonly ZoneText[]): {
  readonly names: readonly ListedZone[];
  readonly shown: boolean;
} {
  const count = entryCount(zones);
  const byNode = zonesByNode(zones);
  for (const listed of byNode.values()) {
    if (listed.length === count) {
      const names = listed.map((zone) => zone.name);
      const stranger = zones.find((zone) => !names.includes(zone.name));
      if (stranger !== undefined) throw strange(stranger, names);
      return { names, shown: true };
    }
  }
  const seen = new Set(zones.map((zone) => zone.name));
  const sets = candidates(seen, count);
  const names = sets.find((set) => [...byNode.values()].every((listed) => reservesFit(listed, set))) ?? sets[0];
  if (names === undefined) {
    throw new InputError({
      what: `${count} lowmem reserves a zone do not fit the zones ${[...seen].join(', ')}`,
      where: zones[0]!.protection?.at ?? zones[0]!.at,
      expected: 'one entry of protection for each zone that the kernel has',
    });
  }
  return { names, shown: false };
}

/** The zones of each node, in the order of the file. */
export function zonesByNode(zones: readonly ZoneText[]): ReadonlyMap<number, readonly ZoneText[]> {
  const nodes = new Map<number, ZoneText[]>();
  for (const zone of zones) {
    const listed = nodes.get(zone.node);
    if (listed === undefined) nodes.set(zone.node, [zone]);
    else listed.push(zone);
  }
  return nodes;
}

/** How many zones the kernel has: as many as each zone has lowmem reserves. */
function entryCount(zones: readonly ZoneText[]): number {
  const [first, ...others] = zones;
  const count = neededProtection(first!).length;
  for (const zone of others) {
    const found = neededProtection(zone).length;
    if (found !== count) {
      throw new InputError({
        what: `${placeOf(zone)}: protection has another number of entries than in ${placeOf(first!)}`,
        where: zone.protection?.at ?? zone.at,
        expected: `${count} entries`,
        found: `${found} entries`,
      });
    }
  }
  return count;
}

const strange = (zone: ZoneText, names: readonly ListedZone[]): InputError =>
  new InputError({
    what: `${placeOf(zone)} is a zone that another node lacks`,
    where: zone.at,
    expected: names.join(', '),
  });

/** Sets of that size that hold the zones seen, and Normal and Movable, which every kernel has; likelier ones first. */
function candidates(seen: ReadonlySet<ListedZone>, count: number): readonly (readonly ListedZone[])[] {
  const certain = new Set<ListedZone>([...seen, 'Normal', 'Movable']);
  // DMA32 is of 64-bit kernels and HighMem of 32-bit ones; Device came late, and only to 64 bits.
  const optional = (['DMA', 'DMA32', 'HighMem', 'Device'] as const).filter((name) => !certain.has(name));
  const sets: ListedZone[][] = [];
  for (let mask = 0; mask < 1 << optional.length; mask++) {
    const set = new Set(certain);
    optional.forEach((name, i) => (mask & (1 << i)) !== 0 && set.add(name));
    if (set.size !== count || (set.has('HighMem') && set.has('DMA32') && !seen.has('DMA32'))) continue;
    sets.push(LISTED_ZONES.filter((name) => set.has(name)));
  }
  return sets;
}

/** No zone keeps pages from a request below the next populated zone, since such a request cannot go elsewhere. */
function reservesFit(listed: readonly ZoneText[], set: readonly ListedZone[]): boolean {
  const populated = listed.filter((zone) => neededPages(zone, 'present') > 0);
  return populated.every((zone, i) => {
    const next = populated[i + 1];
    const end = next === undefined ? set.length : set.indexOf(next.name);
    return neededProtection(zone)
      .slice(0, end)
      .every((pages) => pages === 0);
  });
}
