import { illegalities } from '../generators/index.ts';
import type { Scenario, SetupCase } from '../model/index.ts';
import type { Case } from './case.ts';
import { evictablePages, freePages } from './pages.ts';
import { eachNumber } from './quantity.ts';

/** How much in a case no machine could do. */
export function faultsOf(given: Case): number {
  if ('nodes' in given) return setupFaults(given);
  const found = illegalities(given.node).length;
  return 'script' in given ? found + overfreed(given) : found;
}

/** Gives that free more than is in use, as far as the script alone tells. */
function overfreed({ node, script }: Scenario): number {
  const used = node.zones.map((zone) => zone.managed - freePages(zone.free) - evictablePages(zone.lru));
  let faults = 0;
  for (const event of script.flatMap(({ events }) => events ?? [])) {
    if ('take' in event) used[event.take.zone]! += event.take.count * 2 ** event.take.order;
    if (!('give' in event)) continue;
    const { zone, order, count } = event.give;
    used[zone]! -= count * 2 ** order;
    if (used[zone]! < 0) faults++;
  }
  return faults;
}

/** Set-up is given zones that manage no more than is present, with marks that ascend. */
function setupFaults({ nodes }: SetupCase): number {
  const zones = nodes.flatMap((node) => node.zones);
  return zones.filter(
    ({ present, managed, watermark: { min, low, high }, boost = 0, percpuDriftMark }) =>
      managed > present || min > low || low > high || (present === 0 && (boost !== 0 || percpuDriftMark !== 0)),
  ).length;
}

const isIndex = (key: string): boolean => key === 'zone' || key === 'zoneIdx';

/** Whether the schema of its kind accepts the case; all else about a candidate is right by the way it is made. */
export function isWellFormed(given: Case): boolean {
  if ('nodes' in given) return given.nodes.length > 0;
  const { zones } = given.node;
  if (!zones.some(({ present }) => present > 0)) return false;
  let inRange = true;
  eachNumber(given, (key, value) => {
    if (isIndex(key) && (value < 0 || value >= zones.length)) inRange = false;
  });
  if (!inRange) return false;
  return !('script' in given) || given.script.every(({ merge }) => (merge ?? []).every(({ from, to }) => from <= to));
}
