import { type ProcLine, strangeLine } from '../proc.ts';

/** What one line of /proc/zoneinfo says. Numbers stay text until needed: counters may exceed any limit of ours. */
export type ZoneinfoLine =
  | { readonly kind: 'zone'; readonly node: string; readonly zone: string }
  | { readonly kind: 'perNodeStats' }
  | { readonly kind: 'pagesets' }
  | { readonly kind: 'protection'; readonly entries: readonly string[] }
  | { readonly kind: 'nameless' }
  | { readonly kind: 'field'; readonly name: string; readonly digits: string };

const ZONE = /^Node\s+(\d{1,9}), zone\s+(\S+)$/;
const PROTECTION = /^protection: \(([^()]*)\)$/;
/** The last per-node counter of 4.17 to 4.19 lost its name on the way to being taken out. */
const NAMELESS = /^\d{1,20}$/;
/** `pages free 3840`, `min 14`, `nr_free_pages 3840`, `start_pfn: 1`, and of 2.6 `scanned 0 (aa: 0 ia: 0)`. */
const FIELD = /^(pages free|vm stats threshold|[A-Za-z]\w*):?\s+(\d+)(?:\s+\([\w: ]*\))?$/;

/** Reads one line, in the form of any kernel from 2.6 to 6.x; names of counters may be unknown, forms may not. */
export function readZoneinfoLine(line: ProcLine): ZoneinfoLine {
  const { text } = line;
  const zone = ZONE.exec(text);
  if (zone !== null) return { kind: 'zone', node: zone[1]!, zone: zone[2]! };
  if (text === 'per-node stats') return { kind: 'perNodeStats' };
  if (text === 'pagesets') return { kind: 'pagesets' };
  if (NAMELESS.test(text)) return { kind: 'nameless' };
  const protection = PROTECTION.exec(text);
  if (protection !== null)
    return { kind: 'protection', entries: protection[1]!.split(',').map((entry) => entry.trim()) };
  const field = FIELD.exec(text);
  if (field !== null) return { kind: 'field', name: field[1]!, digits: field[2]! };
  throw strangeLine(
    line,
    '/proc/zoneinfo',
    '`Node N, zone NAME`, a name with a number, `protection: (...)` or a heading',
  );
}
