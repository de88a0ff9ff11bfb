import type { MigrateType } from '../model/index.ts';
import { checkColumns, foldOrders } from './buddyinfo.ts';
import { InputError } from './inputError.ts';
import { pageCount, type ProcLine, procLines, quoted, type SourceText, strangeLine, zoneKey } from './proc.ts';

/** Isolated blocks are free but out of reach: of no list that an allocation looks at. */
export type ListName = MigrateType | 'isolated';

/** The kernel's names of migrate types, from 3.x to 6.x. The Reserve of before 4.4 became HighAtomic. */
const LISTS: Readonly<Record<string, ListName>> = {
  Unmovable: 'unmovable',
  Reclaimable: 'reclaimable',
  Movable: 'movable',
  Reserve: 'highatomic',
  HighAtomic: 'highatomic',
  CMA: 'cma',
  Isolate: 'isolated',
};

export interface ZoneTypes {
  /** Free blocks of order 0 to 10 by list; lists that the kernel does not have are left out. */
  readonly lists: Partial<Readonly<Record<ListName, readonly number[]>>>;
  /** Orders of which some count was given as "more than". */
  readonly atLeast: ReadonlySet<number>;
  /** Pages in page blocks of type HighAtomic. */
  readonly reservedHighatomic: number;
}

/** The free lists of each zone, by `zoneKey`. */
export type Pagetypeinfo = ReadonlyMap<string, ZoneTypes>;

interface OpenZone {
  readonly lists: Partial<Record<ListName, readonly number[]>>;
  readonly atLeast: Set<number>;
  reservedHighatomic: number | undefined;
}

const FREE_ROW = /^Node\s+(\d{1,9}), zone\s+(\S+), type\s+(\S+)\s+([\d>][\d>\s]*)$/;
const FREE_HEAD = /^Free pages count per migrate type at order\s+(\d[\d\s]*)$/;
const BLOCKS_HEAD = /^Number of (mixed )?blocks(?: type)?\s+([A-Za-z][A-Za-z\s]*)$/;
const BLOCKS_ROW = /^Node\s+(\d{1,9}), zone\s+(\S+)\s+(\d[\d\s]*)$/;
const PREAMBLE = /^(Page block order|Pages per block):\s+(\d{1,9})$/;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Reads /proc/pagetypeinfo: the free blocks of each type and order, and the page blocks of each type. */
export function parsePagetypeinfo(source: SourceText): Pagetypeinfo {
  const zones = new Map<string, OpenZone>();
  let pagesPerBlock = 0;
  let orders: number | undefined;
  let blockTypes: readonly ListName[] | undefined;
  let mixed = false;
  for (const line of procLines(source)) {
    const preamble = PREAMBLE.exec(line.text);
    const freeHead = FREE_HEAD.exec(line.text);
    const blocksHead = BLOCKS_HEAD.exec(line.text);
    const free = FREE_ROW.exec(line.text);
    const blocks = BLOCKS_ROW.exec(line.text);
    if (preamble !== null) {
      if (preamble[1] === 'Pages per block') pagesPerBlock = pageCount(preamble[2]!, 'pages per block', line.at);
    } else if (freeHead !== null) orders = words(freeHead[1]!).length;
    else if (blocksHead !== null) {
      mixed = blocksHead[1] !== undefined;
      blockTypes = words(blocksHead[2]!).map((name) => listOf(name, line));
    } else if (free !== null && orders !== undefined) addFreeRow(zones, free, orders, line);
    else if (blocks !== null && blockTypes !== undefined) {
      if (!mixed) addBlocksRow(zones, blocks, blockTypes, pagesPerBlock, line);
    } else throw strangeLine(line, '/proc/pagetypeinfo', 'a heading, or a zone with a number for each order or type');
  }
  return finished(zones, source.name);
}

function listOf(name: string, line: ProcLine): ListName {
  const list = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
  if (list !== undefined) return list;
  const expected = Object.keys(LISTS).join(', ');
  throw new InputError({ what: 'an unknown migrate type', where: line.at, expected, found: quoted(name) });
}

function addFreeRow(zones: Map<string, OpenZone>, row: RegExpExecArray, orders: number, line: ProcLine): void {
  const key = zoneKey(Number(row[1]), row[2]!);
  const list = listOf(row[3]!, line);
  // A long list is not counted to its end: `>100000`.
  const counts = words(row[4]!);
  checkColumns(counts.length, orders, line);
  const zone = zones.get(key) ?? { lists: {}, atLeast: new Set<number>(), reservedHighatomic: undefined };
  zones.set(key, zone);
  if (zone.lists[list] !== undefined)
    throw new InputError({ what: `${key} has type ${row[3]!} twice`, where: line.at });
  counts.forEach((count, order) => count.startsWith('>') && zone.atLeast.add(order));
  zone.lists[list] = foldOrders(counts.map((count) => pageCount(count.replace(/^>/, ''), `${key}: blocks`, line.at)));
}

function addBlocksRow(
  zones: ReadonlyMap<string, OpenZone>,
  row: RegExpExecArray,
  types: readonly ListName[],
  pagesPerBlock: number,
  line: ProcLine,
): void {
  const key = zoneKey(Number(row[1]), row[2]!);
  const zone = zones.get(key);
  if (zone === undefined) throw new InputError({ what: `${key} has no free lists above`, where: line.at });
  if (zone.reservedHighatomic !== undefined) throw new InputError({ what: `${key} comes twice`, where: line.at });
  const counts = words(row[3]!);
  checkColumns(counts.length, types.length, line);
  const count = counts[types.indexOf('highatomic')] ?? '0';
  zone.reservedHighatomic = pageCount(count, `${key}: page blocks`, line.at) * pagesPerBlock;
}

/** The zones, once it is sure that the text was not cut off. */
function finished(zones: ReadonlyMap<string, OpenZone>, where: string): Pagetypeinfo {
  const done = new Map<string, ZoneTypes>();
  const [first] = zones.values();
  const expected = Object.keys(first?.lists ?? {}).length;
  for (const [key, { lists, atLeast, reservedHighatomic }] of zones) {
    if (reservedHighatomic === undefined || Object.keys(lists).length !== expected) {
      throw new InputError({
        what: `${key} lacks ${reservedHighatomic === undefined ? 'its number of page blocks' : 'some migrate types'}`,
        where,
        hint: 'check that the file is complete',
      });
    }
    done.set(key, { lists, atLeast, reservedHighatomic });
  }
  if (done.size > 0) return done;
  throw new InputError({ what: 'shows no zone', where, expected: 'the free blocks of each zone and type' });
}
