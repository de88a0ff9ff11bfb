import { InputError } from './inputError.ts';
import { pageCount, type ProcLine, procLines, type SourceText, strangeLine, zoneKey } from './proc.ts';
import { MAX_ORDER } from '../model/index.ts';

/** Free blocks of order 0 to 10 of each zone, by `zoneKey`, over all migrate types. */
export type Buddyinfo = ReadonlyMap<string, readonly number[]>;

const LINE = /^Node\s+(\d{1,9}), zone\s+(\S+)\s+(\d[\d\s]*)$/;
/** More orders than any kernel has had. */
const MOST_ORDERS = 24;

/** Reads /proc/buddyinfo: one line a populated zone, one column an order. */
export function parseBuddyinfo(source: SourceText): Buddyinfo {
  const zones = new Map<string, readonly number[]>();
  let columns: number | undefined;
  for (const line of procLines(source)) {
    const match = LINE.exec(line.text);
    if (match === null) throw strangeLine(line, '/proc/buddyinfo', '`Node N, zone NAME` and blocks of each order');
    const key = zoneKey(Number(match[1]), match[2]!);
    const counts = match[3]!.trim().split(/\s+/);
    columns ??= counts.length;
    checkColumns(counts.length, columns, line);
    if (zones.has(key)) throw new InputError({ what: `${key} comes twice`, where: line.at });
    zones.set(key, foldOrders(counts.map((digits) => pageCount(digits, `${key}: blocks`, line.at))));
  }
  return zones;
}

/** Every line has a column for each order. */
export function checkColumns(found: number, expected: number, line: ProcLine): void {
  if (found === expected && found <= MOST_ORDERS) return;
  throw new InputError({
    what: 'has another number of orders than it should',
    where: line.at,
    expected: `${Math.min(expected, MOST_ORDERS)} columns`,
    found: `${found} columns`,
    hint: 'check that the file is complete',
  });
}

/** Blocks of orders that v4.0 does not have count as so many blocks of its highest; orders left out have none. */
export function foldOrders(counts: readonly number[]): readonly number[] {
  const blocks = new Array<number>(MAX_ORDER).fill(0);
  counts.forEach((count, order) => {
    const top = Math.min(order, MAX_ORDER - 1);
    blocks[top]! += count * 2 ** (order - top);
  });
  return blocks;
}
