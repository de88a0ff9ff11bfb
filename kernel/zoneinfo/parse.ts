import { InputError } from '../inputError.ts';
import { type ProcLine, procLines, quoted, type SourceText, strangeLine, zoneKey } from '../proc.ts';
import { readZoneinfoLine } from './lines.ts';
import { isListedZone, LISTED_ZONES, type ListedZone } from './names.ts';

export interface Field {
  readonly digits: string;
  readonly at: string;
}

type Fields = ReadonlyMap<string, Field>;

/** A zone as /proc/zoneinfo shows it: what is there, not yet asked what it means. */
export interface ZoneText {
  readonly node: number;
  readonly name: ListedZone;
  /** Where its first line is. */
  readonly at: string;
  readonly fields: Fields;
  /** lowmem_reserve by zone index. */
  readonly protection: { readonly entries: readonly string[]; readonly at: string } | undefined;
  /** Cpus that are online: one pageset each. */
  readonly cpus: number;
}

/** What the whole file says. */
export interface ZoneinfoText {
  readonly zones: readonly ZoneText[];
  /** The per-node counters of 4.10 and later, by node. */
  readonly nodes: ReadonlyMap<number, Fields>;
}

interface OpenZone extends ZoneText {
  readonly fields: Map<string, Field>;
  protection: ZoneText['protection'];
  cpus: number;
  hasPagesets: boolean;
}

/** Names inside `pagesets`, which must not be taken for the zone's own: `high` above all. */
const OF_A_PAGESET = new Set(['cpu', 'count', 'high', 'batch', 'high_min', 'high_max', 'pcp', 'vm stats threshold']);

/** Reads /proc/zoneinfo line by line. Counters of unknown names are kept; lines of unknown form are an InputError. */
export function parseZoneinfo(source: SourceText): ZoneinfoText {
  const zones: OpenZone[] = [];
  const nodes = new Map<number, Map<string, Field>>();
  let section: 'zone' | 'node' | 'pagesets' = 'zone';

  const addField = (zone: OpenZone, name: string, field: Field, line: ProcLine): void => {
    if (section === 'pagesets' && OF_A_PAGESET.has(name)) {
      if (name === 'cpu') zone.cpus++;
      return;
    }
    if (name === 'pages free') section = 'zone';
    const fields = section === 'node' ? nodes.get(zone.node)! : zone.fields;
    if (fields.has(name)) throw repeated(name, zone, line);
    fields.set(name, field);
  };

  for (const line of procLines(source)) {
    const read = readZoneinfoLine(line);
    if (read.kind === 'zone') {
      zones.push(openZone(read.node, read.zone, line, zones));
      section = 'zone';
      continue;
    }
    const zone = zones.at(-1);
    if (zone === undefined) throw strangeLine(line, '/proc/zoneinfo', 'first of all a line `Node N, zone NAME`');
    switch (read.kind) {
      case 'perNodeStats':
        if (nodes.has(zone.node)) throw repeated('per-node stats', zone, line);
        nodes.set(zone.node, new Map());
        section = 'node';
        break;
      case 'pagesets':
        if (zone.hasPagesets) throw repeated('pagesets', zone, line);
        zone.hasPagesets = true;
        section = 'pagesets';
        break;
      case 'protection':
        if (zone.protection !== undefined) throw repeated('protection', zone, line);
        zone.protection = { entries: read.entries, at: line.at };
        break;
      case 'nameless':
        if (section !== 'node') throw strangeLine(line, '/proc/zoneinfo', 'a name before the number');
        break;
      case 'field':
        addField(zone, read.name, { digits: read.digits, at: line.at }, line);
        break;
    }
  }
  return { zones, nodes };
}

function openZone(nodeText: string, name: string, line: ProcLine, before: readonly ZoneText[]): OpenZone {
  const node = Number(nodeText);
  if (!isListedZone(name)) {
    throw new InputError({
      what: 'a zone that no kernel has',
      where: line.at,
      expected: LISTED_ZONES.join(', '),
      found: quoted(name),
    });
  }
  const last = before.findLast((zone) => zone.node === node);
  if (last !== undefined && LISTED_ZONES.indexOf(last.name) >= LISTED_ZONES.indexOf(name)) {
    throw new InputError({
      what: `${zoneKey(node, name)} comes after zone ${last.name}`,
      where: line.at,
      expected: 'the zones of a node from the lowest to the highest, each once',
      hint: 'give one reading of /proc/zoneinfo, not several one after the other',
    });
  }
  return { node, name, at: line.at, fields: new Map(), protection: undefined, cpus: 0, hasPagesets: false };
}

const repeated = (name: string, zone: ZoneText, line: ProcLine): InputError =>
  new InputError({
    what: `${zoneKey(zone.node, zone.name)} has ${name} twice`,
    where: line.at,
    found: quoted(line.text),
    hint: 'check that the file is complete, and copied as the kernel shows it',
  });
