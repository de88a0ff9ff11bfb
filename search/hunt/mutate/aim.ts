import type { Tree } from '../../../shrinkers/quantity.ts';
import type { Random } from '../random.ts';
import { isBranch, listIn, nodesOf, withField, withItem, withNode, type Branch } from './tree.ts';

const MARKS = ['min', 'low', 'high'] as const;
/** Lists whose free pages a zone's marks are compared with. */
const LISTS = ['movable', 'unmovable', 'reclaimable', 'cma', 'highatomic', 'isolate'];

const numberIn = (tree: Tree | undefined): number => (typeof tree === 'number' ? tree : 0);

const freeOn = (free: Branch, list: string): number =>
  listIn(free, list).reduce<number>((pages, blocks, order) => pages + numberIn(blocks) * 2 ** order, 0);

/** The zone with as many free pages as a mark and a reserve come to, give or take one, by what is free page by page. */
function aimed(random: Random, zone: Branch): Branch {
  const { free, watermark, boost } = zone;
  if (!isBranch(free) || !isBranch(watermark)) return zone;
  const mark = numberIn(watermark[random.pick(MARKS)]);
  const reserves = listIn(zone, 'lowmemReserve');
  const reserve = reserves.length > 0 && random.oneIn(2) ? numberIn(random.pick(reserves)) : 0;
  const whole = random.oneIn(4) ? mark >> 1 : mark + (random.oneIn(2) ? numberIn(boost) : 0);
  const wanted = whole + reserve + random.pick([0, 1, -1]);
  const singles = numberIn(listIn(free, 'movable')[0]);
  const now = LISTS.reduce((pages, list) => pages + freeOn(free, list), 0);
  const left = Math.max(0, singles + wanted - now);
  const movable = listIn(free, 'movable');
  const blocks: readonly Tree[] = movable.length === 0 ? [left] : withItem(movable, 0, left);
  return withField(zone, 'free', withField(free, 'movable', blocks));
}

/** A zone whose free pages lie where a mark turns. */
export function aimAtMark(random: Random, given: Branch): Branch {
  const nodes = nodesOf(given);
  if (nodes.length === 0) return given;
  const n = random.below(nodes.length);
  const zones = listIn(nodes[n]!, 'zones') as readonly Branch[];
  const z = random.below(zones.length);
  const node = withField(nodes[n]!, 'zones', withItem(zones, z, aimed(random, zones[z]!)));
  return withNode(given, n, node);
}
