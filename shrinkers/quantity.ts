import { MIGRATE_TYPES } from '../model/index.ts';

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
  'limit',
  'remaining',
  'extfragThreshold',
  'onlineCpus',
  'lowmemReserveRatio',
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
  const names = zoneNamesOf(given);
  collect(given as Tree, [], '', names, found);
  return found;
}

/** The zones of a case, by name. */
export function zoneNamesOf(given: object): readonly string[] {
  const { node, nodes } = given as { node?: Zoned; nodes?: readonly Zoned[] };
  return (node ?? nodes?.[0])?.zones.map(({ name }) => name) ?? [];
}

interface Zoned {
  readonly zones: readonly { readonly name: string }[];
}

function collect(
  tree: Tree,
  path: readonly (string | number)[],
  key: string,
  names: readonly string[],
  found: Quantity[],
): void {
  if (typeof tree !== 'object') return;
  if (Array.isArray(tree)) {
    (tree as readonly Tree[]).forEach((item, i) => {
      if (typeof item !== 'number') return collect(item, [...path, i], key, names, found);
      const isList = key in RANKS;
      const simplest = key === 'lowmemReserveRatio' ? standardRatio(names[i] ?? '') : 0;
      const pages = isList ? 2 ** i : NOT_PAGES.has(key) ? 0 : 1;
      const rank = isList ? RANKS[key]! + i : 0;
      return void found.push({ path: [...path, i], key, value: item, simplest, pages, rank });
    });
    return;
  }
  const entries = tree as { readonly [key: string]: Tree };
  for (const [name, value] of Object.entries(entries)) {
    if (typeof value !== 'number') {
      collect(value, [...path, name], name, names, found);
      continue;
    }
    const simplest = name === 'zoneIdx' ? names.length - 1 : (SIMPLEST[name] ?? 0);
    const order = entries['order'] ?? entries['from'];
    const pages = NOT_PAGES.has(name) ? 0 : name === 'count' && typeof order === 'number' ? 2 ** order : 1;
    found.push({ path: [...path, name], key: name, value, simplest, pages, rank: RANKS[name] ?? 0 });
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
