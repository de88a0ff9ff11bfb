import { MIGRATE_TYPES, nrZones, populatedZone, type Node, type System, type Zone } from '../../model/index.ts';
import { watermarkBar, type Bar } from '../explain/bar.ts';
import { wrap, type Colors } from './style.ts';
import { tableLines, withoutZeros, type TableRow } from './table.ts';

const COLUMNS = ['zone', 'managed', 'free', 'min/low/high', 'reserve', 'file/anon', 'scanned', 'drift'] as const;

/** Columns that are left out where they are 0 throughout. */
const MAY_GO = ['reserve', 'scanned', 'drift'] as const;

/**
 * A node's zones as a table with a bar each, and below it what a table has no room for. Quantities are in pages.
 * Reserves are those against requests that may use zone `zoneIdx`, by default the highest populated one.
 */
export function nodeLines(
  system: System,
  node: Node,
  c: Colors,
  zoneIdx: number = Math.max(0, nrZones(node) - 1),
): readonly string[] {
  const rows = node.zones.map((zone, i) => zoneRow(zone, i, zoneIdx, c));
  const { order, zoneIdx: lowest, failures } = node.kswapd;
  const request = `pending request: order ${order}, zoneIdx ${lowest}${failures > 0 ? `, failures ${failures}` : ''}`;
  const table = { columns: COLUMNS, rows, ends: 'free against min, low, high' };
  return [
    ...tableLines(withoutZeros(table, MAY_GO), c),
    ...node.zones.flatMap((zone) => wrap(zoneNotes(zone).join('; '), `  ${zone.name}: `, '    ').filter(hasText)),
    ...wrap(`${systemText(system)}; ${request}`, '  '),
  ];
}

const hasText = (line: string): boolean => !line.endsWith(': ');

function zoneRow(zone: Zone, index: number, zoneIdx: number, c: Colors): TableRow {
  const { min, low, high } = zone.watermark;
  const { inactiveFile, activeFile, inactiveAnon, activeAnon } = zone.lru;
  const cells = [
    `${index} ${zone.name}`,
    String(zone.managed),
    String(zone.freeArea.pages),
    `${min}/${low}/${high}`,
    String(zone.lowmemReserve[zoneIdx] ?? 0),
    `${inactiveFile + activeFile}/${inactiveAnon + activeAnon}`,
    String(zone.pagesScanned),
    String(zone.vmstatDrift),
  ];
  if (!populatedZone(zone)) return { cells, end: 'not populated', paint: c.dim };
  const bar = watermarkBar(zone.watermark, zone.freeArea.pages);
  return { cells, end: bar.cells, paint: barPaint(bar, c) };
}

function barPaint({ level }: Bar, c: Colors): (text: string) => string {
  if (level === 'high') return c.green;
  return level === 'low' ? c.yellow : c.red;
}

/** What else is to be said of a zone: how its free memory lies, and what is not as usual. */
function zoneNotes(zone: Zone): readonly string[] {
  const notes = MIGRATE_TYPES.flatMap((type) => {
    const blocks = zone.freeArea.lists[type].flatMap((count, order) =>
      count === 0 ? [] : [`${count} of order ${order}`],
    );
    return blocks.length === 0 ? [] : [`free ${type} blocks: ${blocks.join(', ')}`];
  });
  if (zone.percpuDriftMark !== 0) notes.push(`drift mark ${zone.percpuDriftMark}`);
  if (zone.flags !== 0) notes.push(`flags ${flagsText(zone.flags)}`);
  if (zone.boost !== 0) notes.push(`boost ${zone.boost}`);
  if (zone.reservedHighatomic !== 0) notes.push(`reserved highatomic ${zone.reservedHighatomic}`);
  return notes;
}

/** A zone's flags by name, or `none`. */
export function flagsText(flags: number): string {
  const names = ['congested', 'dirty', 'writeback'].filter((_name, bit) => (flags & (1 << bit)) !== 0);
  return names.length === 0 ? 'none' : names.join(' and ');
}

function systemText(system: System): string {
  const parts = [`system: ${system.swapPages} free swap pages`];
  parts.push(system.compaction ? 'compaction' : 'no compaction');
  if (system.cma) parts.push('cma');
  if (system.bufferHeadsOverLimit) parts.push('buffer heads over their limit');
  if (system.laptopMode) parts.push('laptop mode');
  if (system.extfragThreshold !== 500) parts.push(`extfrag threshold ${system.extfragThreshold}`);
  return parts.join(', ');
}
