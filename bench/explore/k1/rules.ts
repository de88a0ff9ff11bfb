import { high, low, MANAGED, reserve, type State, type Zone } from './state.ts';

const free = ({ n0, n1 }: Zone): number => n0 + 2 * n1;
export const used = (zone: Zone): number => MANAGED - free(zone) - zone.lru;

export const watermarkOk = (zone: Zone, z: number, order: number, mark: number, zoneIdx: number): boolean => {
  const left = free(zone) - ((1 << order) - 1);
  return left > mark + reserve(z, zoneIdx) && (order === 0 || left - zone.n0 > mark >> 1);
};

export const reclaimable = ({ scanned, lru }: Zone): boolean => scanned < 6 * lru;

/** Fragmented so that compaction would help: an index from 0 to 500, in whole numbers as C divides. */
const fragmented = ({ n0, n1 }: Zone): boolean => {
  if (n1 > 0 || n0 === 0) return false;
  const index = 1000 - Math.trunc((1000 + 500 * n0) / n0);
  return index >= 0 && index <= 500;
};

export const compactable = (zone: Zone, z: number, zoneIdx: number): boolean =>
  watermarkOk(zone, z, 1, low(z), zoneIdx) || (watermarkOk(zone, z, 0, low(z) + 4, zoneIdx) && !fragmented(zone));

export const zoneBalanced = (zone: Zone, z: number, order: number, gap: number, zoneIdx: number): boolean =>
  watermarkOk(zone, z, order, high(z) + gap, zoneIdx) && (order === 0 || compactable(zone, z, zoneIdx));

export const nodeBalanced = ({ zones }: State, order: number, zoneIdx: number): boolean => {
  let managed = 0;
  let balanced = 0;
  for (let z = 0; z <= zoneIdx; z++) {
    const zone = zones[z as 0 | 1];
    managed += MANAGED;
    if (!reclaimable(zone) || zoneBalanced(zone, z, order, 0, z)) balanced += MANAGED;
    else if (order === 0) return false;
  }
  return order === 0 || balanced >= managed >> 2;
};

/** The rule of sleep once more, in other words: what a full sleep is held against. */
export const mayRest = ({ zones }: State, order: number, zoneIdx: number): boolean => {
  const fine = zones.slice(0, zoneIdx + 1).map((zone, z) => {
    if (zone.scanned >= 6 * zone.lru) return true;
    const pages = free(zone);
    return order === 0 ? pages > high(z) : pages - 1 > high(z) && 2 * zone.n1 - 1 > high(z) / 2;
  });
  const pages = fine.filter(Boolean).length * MANAGED;
  return order === 0 ? fine.every(Boolean) : 4 * pages + 3 >= MANAGED * (zoneIdx + 1);
};

/** Whether kswapd is about to go fully to sleep. */
export const sleeps = (state: State): boolean => {
  const { at, remaining, balancedOrder, balancedZoneIdx } = state.kswapd;
  return at === 'try2' && !remaining && nodeBalanced(state, balancedOrder, balancedZoneIdx);
};
