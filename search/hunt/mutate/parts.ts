import { ALLOC_FLAG_NAMES, ASKED_FLAG_NAMES, hasRule, type Kernel } from '../../../model/index.ts';
import type { Tree } from '../../../shrinkers/quantity.ts';
import type { Random } from '../random.ts';
import { isBranch, listIn, nodesOf, withField, withItem, withNode, type Branch } from './tree.ts';

/** Parts that cases of a kind have in common. */
const PARTS = ['system', 'script', 'args', 'node', 'settings', 'task'];
/** Parts of a zone that make sense in another zone too. */
const ZONE_PARTS = ['free', 'lru', 'watermark', 'flags', 'pagesScanned', 'vmstatDrift', 'boost'];

/** One part of a case as it is in another one. */
export function crossParts(random: Random, given: Branch, other: Branch): Branch {
  const shared = PARTS.filter((part) => given[part] !== undefined && other[part] !== undefined);
  if (shared.length === 0) return given;
  const part = random.pick(shared);
  return withField(given, part, other[part]!);
}

/** A part of a zone as it is in another zone, of this case or of another one. */
export function crossZones(random: Random, given: Branch, other: Branch): Branch {
  const nodes = nodesOf(given);
  const from = nodesOf(random.oneIn(2) ? other : given);
  if (nodes.length === 0 || from.length === 0) return given;
  const n = random.below(nodes.length);
  const zones = listIn(nodes[n]!, 'zones') as readonly Branch[];
  const others = listIn(random.pick(from), 'zones') as readonly Branch[];
  const z = random.below(zones.length);
  const source = random.pick(others);
  const shared = ZONE_PARTS.filter((part) => zones[z]![part] !== undefined && source[part] !== undefined);
  if (shared.length === 0) return given;
  const part = random.pick(shared);
  const zone = withField(zones[z]!, part, source[part]!);
  return withNode(given, n, withField(nodes[n]!, 'zones', withItem(zones, z, zone)));
}

/** A setting turned on or off, or an allocation flag given or taken away. */
export function flip(random: Random, given: Branch, k: Kernel): Branch {
  const { args } = given;
  if (isBranch(args) && Array.isArray(args['allocFlags']) && random.oneIn(2)) {
    const names: readonly string[] = hasRule(k, 'shrinkNode') ? ASKED_FLAG_NAMES : ALLOC_FLAG_NAMES;
    const flags = listIn(args, 'allocFlags');
    const flag = random.pick(names);
    const changed = flags.includes(flag) ? flags.filter((one) => one !== flag) : [...flags, flag];
    return withField(given, 'args', withField(args, 'allocFlags', changed));
  }
  const field = random.pick(['system', 'args']);
  const settings = given[field];
  if (!isBranch(settings)) return given;
  const switches = Object.keys(settings).filter((name) => typeof settings[name] === 'boolean');
  if (switches.length === 0) return given;
  const name = random.pick(switches);
  const value: Tree = settings[name] !== true;
  return withField(given, field, withField(settings, name, value));
}
