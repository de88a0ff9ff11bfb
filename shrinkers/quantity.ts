import { MIGRATE_TYPES, WATERMARK_SCALE_FACTOR } from '../model/index.ts';

/** A case as plain data. */
export type Tree = number | string | boolean | readonly Tree[] | { readonly [key: string]: Tree };

/** A number of a case: where it stands, what it is, and what it means. */
export interface Quantity {
  /** Keys and indices that lead to it. */
  readonly path: readonly (string | number)[];
  /** The last of the keys. */
  readonly key: string;
  readonly value: number;
  /** The value that says least. */
  readonly simplest: number;
  /** Pages that one stands for; 0 if it is not an amount of memory. */
  readonly pages: number;
  /** Among places where it might as well stand, how far down it is. */
  readonly rank: number;
}

/** Values that say least, where that is not 0. */
const SIMPLEST: Readonly<Record<string, number>> = {
  present: 1,
  extfragThreshold: 500,
  onlineCpus: 1,
  userMinFreeKbytes: -1,
  watermarkScaleFactor: WATERMARK_SCALE_FACTOR,
};

/** Numbers that do not count pages. */
const NOT_PAGES: ReadonlySet<string> = new Set([
  'id',
  'zone',
  'zoneIdx',
  'order',
  'from',
  'to',
  'failures',
  'reclaimIdx',
  'limit',
  'remaining',
  'extfragThreshold',
  'onlineCpus',
  'lowmemReserveRatio',
  'watermarkScaleFactor',
  'node',
  'nodemask',
  'task',
  'kswapd',
  'lifetime',
  'zoneReclaimMode',
]);

const LRU_LISTS = ['inactiveFile', 'activeFile', 'inactiveAnon', 'activeAnon'];
/** A position among all free lists and orders, or LRU lists; turns that come later rank lower. */
const RANKS: Readonly<Record<string, number>> = Object.fromEntries([
  ...LRU_LISTS.map((list, i) => [list, i]),
  ...MIGRATE_TYPES.map((type, i) => [type, 11 * i]),
]);

/** The kernel's default of lowmem_reserve_ratio for a zone. */
const standardRatio = (zone: string): number => (zone === 'DMA' || zone === 'DMA32' ? 256 : 32);

/** All numbers of a case, in the order in which it is written. */
export function quantitiesOf(given: object): readonly Quantity[] {
  const found: Quantity[] = [];
  eachNumber(given, (key, value, simplest, pages, rank, path) => {
    found.push({ path: [...path], key, value, simplest, pages, rank });
  });
  return found;
}

/** Hears of a number: what a Quantity says of it. The path is good only for the time of the call. */
export type HearNumber = (
  key: string,
  value: number,
  simplest: number,
  pages: number,
  rank: number,
  path: readonly (string | number)[],
) => void;

/** Goes through all numbers of a case. */
export function eachNumber(given: object, hear: HearNumber): void {
  walk(given as Tree, '', [], zoneNamesOf(given), hear);
}

/** The zones of a case, by name. */
export function zoneNamesOf(given: object): readonly string[] {
  const { node, nodes } = given as { node?: Zoned; nodes?: readonly Zoned[] };
  return (node ?? nodes?.[0])?.zones.map(({ name }) => name) ?? [];
}

interface Zoned {
  readonly zones: readonly { readonly name: string }[];
}

function walk(tree: Tree, key: string, path: (string | number)[], names: readonly string[], hear: HearNumber): void {
  if (typeof tree !== 'object') return;
  if (Array.isArray(tree)) return walkList(tree, key, path, names, hear);
  const entries = tree as { readonly [key: string]: Tree };
  for (const name in entries) {
    const value = entries[name]!;
    // They hold places, not amounts.
    if (name === 'zonelist' || name === 'distance') continue;
    path.push(name);
    if (typeof value !== 'number') {
      walk(value, name, path, names, hear);
    } else {
      const simplest = name === 'zoneIdx' ? names.length - 1 : (SIMPLEST[name] ?? 0);
      const order = name === 'count' ? (entries['order'] ?? entries['from']) : 0;
      const pages = NOT_PAGES.has(name) ? 0 : typeof order === 'number' ? 2 ** order : 1;
      hear(name, value, simplest, pages, RANKS[name] ?? 0, path);
    }
    path.pop();
  }
}

function walkList(
  list: readonly Tree[],
  key: string,
  path: (string | number)[],
  names: readonly string[],
  hear: HearNumber,
): void {
  const isBlocks = key in RANKS;
  for (const [i, item] of list.entries()) {
    path.push(i);
    if (typeof item !== 'number') {
      walk(item, key, path, names, hear);
    } else {
      const simplest = key === 'lowmemReserveRatio' ? standardRatio(names[i] ?? '') : 0;
      const pages = isBlocks ? 2 ** i : NOT_PAGES.has(key) ? 0 : 1;
      hear(key, item, simplest, pages, isBlocks ? RANKS[key]! + i : 0, path);
    }
    path.pop();
  }
}

/** The case with other numbers. */
export function withNumbers<C>(given: C, changes: readonly (readonly [Quantity, number])[]): C {
  return changes.reduce((now, [{ path }, value]) => withNumber(now as Tree, path, 0, value) as C, given);
}

function withNumber(tree: Tree, path: Quantity['path'], depth: number, value: number): Tree {
  if (depth === path.length) return value;
  const key = path[depth]!;
  if (Array.isArray(tree)) {
    return (tree as readonly Tree[]).map((item, i) => (i === key ? withNumber(item, path, depth + 1, value) : item));
  }
  const entries = tree as { readonly [key: string]: Tree };
  return { ...entries, [key]: withNumber(entries[key]!, path, depth + 1, value) };
}
