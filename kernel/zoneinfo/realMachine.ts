import { MIGRATE_TYPES, type MigrateType, type ScenarioNode, type System, type ZoneName } from '../../model/index.ts';
import { type Buddyinfo, parseBuddyinfo } from '../buddyinfo.ts';
import { InputError } from '../inputError.ts';
import { parseMeminfo } from '../meminfo.ts';
import { type Pagetypeinfo, parsePagetypeinfo } from '../pagetypeinfo.ts';
import { parseWith } from '../parse.ts';
import { type SourceText, zoneKey } from '../proc.ts';
import { nodeSchema } from '../schema/node.ts';
import type { Assumption, Remark } from './assumption.ts';
import { driftsOf } from './driftMarks.ts';
import { freeListsOf } from './freeLists.ts';
import { parseZoneinfo, type ZoneinfoText, type ZoneText } from './parse.ts';
import { guessSwap } from './swap.ts';
import { absentZone, readZone, type ShownZone } from './zone.ts';
import { zonesByNode, zoneSetOf } from './zoneSet.ts';

/** The files of one machine. Only zoneinfo is needed; the others put facts where assumptions would be. */
export interface ProcFiles {
  readonly zoneinfo: SourceText;
  readonly buddyinfo?: SourceText;
  readonly pagetypeinfo?: SourceText;
  readonly meminfo?: SourceText;
}

/** A real machine as the model sees it. */
export interface RealMachine {
  /** Nodes that have memory; others have no kswapd. */
  readonly nodes: readonly ScenarioNode[];
  readonly system: System;
  readonly onlineCpus: number;
  /** Whether buddyinfo or pagetypeinfo showed how free memory lies. */
  readonly freeListsKnown: boolean;
  readonly assumed: readonly Assumption[];
  readonly remarks: readonly Remark[];
}

interface Lists {
  readonly buddyinfo: Buddyinfo | undefined;
  readonly pagetypeinfo: Pagetypeinfo | undefined;
}

/** Reads a machine's files. Whatever is not of the kernel's making is an InputError. */
export function readRealMachine(files: ProcFiles): RealMachine {
  const text = parseZoneinfo(files.zoneinfo);
  if (text.zones.length === 0) throw new InputError({ what: 'shows no zone', where: files.zoneinfo.name });
  const lists: Lists = {
    buddyinfo: files.buddyinfo === undefined ? undefined : parseBuddyinfo(files.buddyinfo),
    pagetypeinfo: files.pagetypeinfo === undefined ? undefined : parsePagetypeinfo(files.pagetypeinfo),
  };
  const { names, shown } = zoneSetOf(text.zones);
  // Device memory is listed last, never populated and never allocated from.
  const zoneNames = names.filter((name): name is ZoneName => name !== 'Device');
  const assumed: Assumption[] = [];
  const remarks: Remark[] = [];
  if (!shown) {
    const because = 'kernels before 4.12 list only populated zones; told from the number and values of protection';
    assumed.push({ field: 'zones', value: names.join(', '), because, matters: 'run' });
  }
  const onlineCpus = Math.max(1, ...text.zones.map(({ cpus }) => cpus));
  const nodes: ScenarioNode[] = [];
  for (const [id, listed] of zonesByNode(text.zones)) {
    const zones = zoneNames.map((name) => readOrAbsent(listed, name, text, zoneNames.length, assumed));
    if (zones.every(({ present }) => present === 0)) {
      remarks.push({ node: id, text: 'has no memory, hence no kswapd' });
      continue;
    }
    remarks.push(...kernelsOwnView(id, listed));
    const node = withFreeLists(id, zones, onlineCpus, lists, assumed, remarks);
    nodes.push(parseWith(nodeSchema, node, files.zoneinfo.name));
  }
  if (nodes.length === 0) {
    throw new InputError({ what: 'shows no zone with memory', where: files.zoneinfo.name, expected: 'present > 0' });
  }
  const system = systemOf(text, files.meminfo, assumed);
  const freeListsKnown = lists.buddyinfo !== undefined || lists.pagetypeinfo !== undefined;
  return { nodes, system, onlineCpus, freeListsKnown, assumed, remarks };
}

function readOrAbsent(
  listed: readonly ZoneText[],
  name: ZoneName,
  text: ZoneinfoText,
  zoneCount: number,
  assumed: Assumption[],
): ShownZone {
  const found = listed.find((zone) => zone.name === name);
  if (found === undefined) return absentZone(name, zoneCount);
  const read = readZone(found, name, text);
  assumed.push(...read.assumed);
  return { ...read.zone, lowmemReserve: read.zone.lowmemReserve.slice(0, zoneCount) };
}

/** What the kernel itself thinks of the node, where v4.0 has no such notion. */
function kernelsOwnView(node: number, listed: readonly ZoneText[]): readonly Remark[] {
  const remarks: Remark[] = [];
  if (listed.some(({ fields }) => Number(fields.get('node_unreclaimable')?.digits ?? 0) > 0)) {
    remarks.push({
      node,
      text: 'node_unreclaimable is set: its kernel has given up reclaim there, and lets kswapd sleep',
    });
  }
  const boosts = listed.filter(({ fields }) => Number(fields.get('boost')?.digits ?? 0) > 0);
  if (boosts.length > 0) {
    const zones = boosts.map(({ name, fields }) => `${name} ${fields.get('boost')!.digits}`).join(', ');
    remarks.push({ node, text: `the watermark boost (${zones} pages) is left out of the marks: v4.0 has none` });
  }
  return remarks;
}

function withFreeLists(
  id: number,
  zones: readonly ShownZone[],
  onlineCpus: number,
  lists: Lists,
  assumed: Assumption[],
  remarks: Remark[],
): unknown {
  const drifts = driftsOf(zones, onlineCpus);
  const top = zones.findLastIndex(({ present }) => present > 0);
  return {
    id,
    kswapd: { order: 0, zoneIdx: top, failures: 0 },
    zones: zones.map(({ freePages, cmaPages, blockPages, ...zone }, i) => {
      const place = { node: id, zone: zone.name };
      const { percpuDriftMark, most } = drifts[i]!;
      const types = ofZone(lists.pagetypeinfo, id, zone, 'pagetypeinfo');
      const nrFree = ofZone(lists.buddyinfo, id, zone, 'buddyinfo');
      const free = freeListsOf({ freePages, cmaPages, blockPages, nrFree, types });
      if (zone.present > 0) {
        assumed.push(...free.assumed.map((told) => ({ field: 'free', ...place, ...told })));
        const because = `not shown; what v4.0 computes for ${onlineCpus} online cpu${onlineCpus === 1 ? '' : 's'}`;
        assumed.push({ field: 'percpuDriftMark', ...place, value: percpuDriftMark, because, matters: 'balance' });
      }
      const truth = pagesIn(free.lists);
      const drift = freePages - truth;
      const believable = Math.abs(drift) <= most;
      if (!believable) {
        const files = `zoneinfo shows ${freePages} free pages in zone ${zone.name}, and its free lists hold ${truth}`;
        remarks.push({ node: id, text: `${files}: the files are of different moments, and the lists are believed` });
      }
      return {
        ...zone,
        free: free.lists,
        percpuDriftMark: zone.present > 0 ? percpuDriftMark : 0,
        vmstatDrift: believable ? drift : 0,
        reservedHighatomic: types?.reservedHighatomic ?? 0,
      };
    }),
  };
}

/** What one of the lists files says of a zone; it must speak of every zone that has memory. */
function ofZone<T>(
  file: ReadonlyMap<string, T> | undefined,
  node: number,
  zone: Pick<ShownZone, 'name' | 'managed'>,
  name: string,
): T | undefined {
  const key = zoneKey(node, zone.name);
  const found = file?.get(key);
  if (file === undefined || found !== undefined || zone.managed === 0) return found;
  throw new InputError({
    what: `${key} is missing`,
    where: name,
    expected: 'every zone that zoneinfo shows pages of',
    hint: `give ${name} of the same machine, and all of it`,
  });
}

function pagesIn(lists: Partial<Readonly<Record<MigrateType, readonly number[]>>>): number {
  let pages = 0;
  for (const type of MIGRATE_TYPES) lists[type]?.forEach((blocks, order) => (pages += blocks * (1 << order)));
  return pages;
}

function systemOf(text: ZoneinfoText, meminfo: SourceText | undefined, assumed: Assumption[]): System {
  const guess = guessSwap(text);
  if (meminfo === undefined) {
    const { swapPages, because } = guess;
    assumed.push({ field: 'swapPages', value: swapPages, because, matters: 'balance' });
  }
  const because = 'what kernels are built with';
  assumed.push(
    { field: 'compaction', value: 'true', because, matters: 'highOrder' },
    { field: 'extfragThreshold', value: 500, because: 'the kernel’s default', matters: 'highOrder' },
    { field: 'bufferHeadsOverLimit', value: 'false', because: 'not shown', matters: 'run' },
    { field: 'laptopMode', value: 'false', because: 'not shown', matters: 'run' },
  );
  return {
    swapPages: meminfo === undefined ? guess.swapPages : parseMeminfo(meminfo).swapPages,
    bufferHeadsOverLimit: false,
    compaction: true,
    cma: true,
    extfragThreshold: 500,
    laptopMode: false,
  };
}
