import { illegalities } from '../generators/index.ts';
import {
  gfpOf,
  hasRule,
  highestZone,
  v4_0,
  type DirectCase,
  type Event,
  type Kernel,
  type Scenario,
  type SetupCase,
  type WholeScenario,
} from '../model/index.ts';
import type { Case } from './case.ts';
import { evictablePages, freePages } from './pages.ts';
import { eachNumber } from './quantity.ts';

/** How much in a case no machine could do. */
export function faultsOf(given: Case, kernel: Kernel): number {
  if ('tasks' in given) return wholeFaults(given, kernel);
  if ('zonelist' in given) return directFaults(given, kernel);
  if ('nodes' in given) return setupFaults(given);
  const found = illegalities(given.node, kernel).length;
  return 'script' in given ? found + impossible(given) : found;
}

/** Pages that tasks hold and an event uses up: they are freed, or become page cache. */
const heldPagesOf = (event: Event): { readonly zone: number; readonly pages: number } | undefined => {
  if ('lruCacheAdd' in event) return event.lruCacheAdd;
  if (!('give' in event)) return undefined;
  const { zone, order, count } = event.give;
  return { zone, pages: count * 2 ** order };
};

/** Events of no pages, and those that use up more pages than tasks hold, as far as the script alone tells. */
function impossible({ node, script }: Scenario): number {
  const used = node.zones.map((zone) => zone.managed - freePages(zone.free) - evictablePages(zone.lru));
  let faults = 0;
  for (const event of script.flatMap(({ events }) => events ?? [])) {
    if ('take' in event) used[event.take.zone]! += event.take.count * 2 ** event.take.order;
    if ('take' in event && event.take.count === 0) faults++;
    const held = heldPagesOf(event);
    if (held === undefined) continue;
    used[held.zone]! -= held.pages;
    if (used[held.zone]! < 0 || held.pages === 0) faults++;
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

/** Direct reclaim walks a zonelist of just the managed zones, up to the zone that its mask allows. */
function directFaults({ nodes, zonelist, args, script }: DirectCase, kernel: Kernel): number {
  const listed = new Set(zonelist.map(String));
  const managed = nodes.flatMap(({ zones }, n) => zones.flatMap((zone, z) => (zone.managed > 0 ? [`${n},${z}`] : [])));
  const unlisted = managed.filter((ref) => !listed.has(ref)).length;
  const allowed = highestZone(v4_0, nodes[0]!, gfpOf(args.gfpMask));
  const unused = nodes
    .flatMap(({ zones }) => zones)
    .map((zone) => zone.managed - freePages(zone.free) - evictablePages(zone.lru));
  const happening = script.flatMap(({ events }) => events ?? []);
  const usedUp = happening.reduce((sum, event) => sum + (heldPagesOf(event)?.pages ?? 0), 0);
  return (
    nodes.reduce((sum, node) => sum + illegalities(node, kernel).length, 0) +
    unlisted +
    (zonelist.length - (managed.length - unlisted)) +
    (allowed === args.reclaimIdx ? 0 : 1) +
    (usedUp > unused.reduce((sum, pages) => sum + pages, 0) ? 1 : 0)
  );
}

/** A machine of legal nodes, or of nodes without memory; a zone has as many pages as its high mark asks for. */
const wholeFaults = ({ nodes }: WholeScenario, kernel: Kernel): number =>
  nodes.reduce((sum, node) => {
    // A machine of several nodes may have some without memory: that is no fault, but all else about them may be one.
    const without = node.zones.every(({ present }) => present === 0) ? 1 : 0;
    const short = node.zones.filter(({ managed, watermark }) => managed < watermark.high).length;
    return sum + short + illegalities(node, kernel).length - without;
  }, 0);

const isIndex = (key: string): boolean => key === 'zone' || key === 'reclaimIdx';

/**
 * Whether all zone indices of a case are those of zones; a request that is pending may name so many more, as in later
 * kernels.
 */
function indicesFit(given: Case, count: number, beyond: 0 | 1): boolean {
  let fit = true;
  eachNumber(given, (key, value, _simplest, _pages, _rank, path) => {
    if (key !== 'zoneIdx' && !isIndex(key)) return;
    const most = key === 'zoneIdx' && path.includes('kswapd') ? count + beyond : count;
    fit &&= value >= 0 && value < most;
  });
  return fit;
}

/** Whether all nodes, zones and tasks that a machine's case names are there. */
function placesFit(given: WholeScenario): boolean {
  const { nodes, tasks } = given;
  const counts: Readonly<Record<string, number>> = {
    node: nodes.length,
    nodemask: nodes.length,
    kswapd: nodes.length,
    task: tasks.length,
  };
  let fit = indicesFit(given, nodes[0]!.zones.length, 1);
  eachNumber(given, (key, value) => {
    fit &&= value < (counts[key] ?? Infinity);
  });
  return fit && given.script.every(({ merge }) => (merge ?? []).every(({ from, to }) => from <= to));
}

/** Whether the schema of its kind accepts the case; all else about a candidate is right by the way it is made. */
export function isWellFormed(given: Case, kernel: Kernel): boolean {
  if ('tasks' in given) return placesFit(given);
  if ('zonelist' in given) return indicesFit(given, given.nodes[0]!.zones.length, 1);
  if ('nodes' in given) return given.nodes.length > 0;
  const { zones } = given.node;
  if (!zones.some(({ present }) => present > 0)) return false;
  if (!indicesFit(given, zones.length, hasRule(kernel, 'shrinkNode') ? 1 : 0)) return false;
  return !('script' in given) || given.script.every(({ merge }) => (merge ?? []).every(({ from, to }) => from <= to));
}
