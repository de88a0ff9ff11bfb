import type { Lru } from '../../model/index.ts';
import { pageCount, zoneKey } from '../proc.ts';
import { missing, neededPages, shownPages } from './fields.ts';
import type { ZoneinfoText, ZoneText } from './parse.ts';

/** The lists by the names of the model and of the kernel. */
const LISTS = {
  inactiveAnon: 'inactive_anon',
  activeAnon: 'active_anon',
  inactiveFile: 'inactive_file',
  activeFile: 'active_file',
} as const;
type ListName = keyof typeof LISTS;
const NAMES = Object.keys(LISTS) as readonly ListName[];

export interface ZoneLru {
  readonly lru: Lru;
  /** The zone's own counters are missing: this is its share of the node's lists. */
  readonly shared: boolean;
}

/** The zone's evictable pages: its own counters, whose name changed in 4.8, or its share of the node's. */
export function lruOf(zone: ZoneText, text: ZoneinfoText): ZoneLru {
  const pages = (name: ListName): number | undefined =>
    shownPages(zone, `nr_zone_${LISTS[name]}`) ?? shownPages(zone, `nr_${LISTS[name]}`);
  const found = NAMES.filter((name) => pages(name) !== undefined);
  if (found.length === NAMES.length) return { lru: lruWith((name) => pages(name)!), shared: false };
  const node = text.nodes.get(zone.node);
  if (found.length > 0 || node === undefined) {
    const lacking = NAMES.find((name) => pages(name) === undefined)!;
    const prefix = node === undefined ? 'nr_' : 'nr_zone_';
    throw missing(zone, `${prefix}${LISTS[lacking]}`);
  }
  const share = shareOf(zone, text);
  const nodePages = (name: ListName): number => {
    const field = node.get(`nr_${LISTS[name]}`);
    if (field === undefined) throw missing(zone, `nr_zone_${LISTS[name]}`);
    return pageCount(field.digits, `${zoneKey(zone.node, zone.name)}: nr_${LISTS[name]}`, field.at);
  };
  return { lru: lruWith((name) => Math.floor(nodePages(name) * share)), shared: true };
}

const lruWith = (pages: (name: ListName) => number): Lru => ({
  inactiveAnon: pages('inactiveAnon'),
  activeAnon: pages('activeAnon'),
  inactiveFile: pages('inactiveFile'),
  activeFile: pages('activeFile'),
});

/** The part of the node's used pages that lies in the zone: 0 to 1. */
function shareOf(zone: ZoneText, text: ZoneinfoText): number {
  const all = text.zones.filter(({ node }) => node === zone.node).reduce((sum, of) => sum + usedPages(of), 0);
  return all === 0 ? 0 : usedPages(zone) / all;
}

function usedPages(zone: ZoneText): number {
  const pages = shownPages(zone, 'managed') ?? neededPages(zone, 'present');
  return Math.max(0, pages - neededPages(zone, 'pages free'));
}
