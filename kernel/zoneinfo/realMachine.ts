import {
  MAX_RECLAIM_RETRIES,
  MIGRATE_TYPES,
  type MigrateType,
  type ScenarioNode,
  type System,
  type ZoneName,
} from '../../model/index.ts';
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
import { countsScans, writtenBy, type WrittenBy } from './writtenBy.ts';
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
  /** Which kernel’s rules are nearest to its own. */
  readonly writtenBy: WrittenBy;
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
    const failures = failuresOf(id, listed, text, assumed);
    const node = withFreeLists(id, zones, failures, onlineCpus, lists, assumed, remarks);
    nodes.push(parseWith(nodeSchema, node, files.zoneinfo.name));
  }
  if (nodes.length === 0) {
    throw new InputError({ what: 'shows no zone with memory', where: files.zoneinfo.name, expected: 'present > 0' });
  }
  const system = systemOf(text, files.meminfo, assumed);
  const freeListsKnown = lists.buddyinfo !== undefined || lists.pagetypeinfo !== undefined;
  return { writtenBy: writtenBy(text), nodes, system, onlineCpus, freeListsKnown, assumed, remarks };
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

/**
 * kswapd_failures: whether they came to 16, from 4.12 on. Before, `node_unreclaimable` was told from the pages scanned.
 */
function failuresOf(node: number, listed: readonly ZoneText[], text: ZoneinfoText, assumed: Assumption[]): number {
  const field = listed.find(({ fields }) => fields.has('node_unreclaimable'))?.fields.get('node_unreclaimable');
  const told = field !== undefined && !countsScans(text);
  if (told && Number(field.digits) > 0) return MAX_RECLAIM_RETRIES;
  assumed.push({
    field: 'failures',
    node,
    value: 0,
    because: told ? 'node_unreclaimable only says that they are below 16' : 'kernels before 4.12 do not count them',
    matters: told ? 'run' : 'balance',
    seenAt: ['kswapd.failures'],
  });
  return 0;
}

function withFreeLists(
  id: number,
  zones: readonly ShownZone[],
  failures: number,
  onlineCpus: number,
  lists: Lists,
  assumed: Assumption[],
  remarks: Remark[],
): unknown {
  const drifts = driftsOf(zones, onlineCpus);
  const top = zones.findLastIndex(({ present }) => present > 0);
  return {
    id,
    kswapd: { order: 0, zoneIdx: top, failures },
    zones: zones.map(({ freePages, cmaPages, blockPages, ...zone }, i) => {
      const place = { node: id, zone: zone.name };
      const { percpuDriftMark, most } = drifts[i]!;
      const types = ofZone(lists.pagetypeinfo, id, zone, 'pagetypeinfo');
      const nrFree = ofZone(lists.buddyinfo, id, zone, 'buddyinfo');
      const free = freeListsOf({ freePages, cmaPages, blockPages, nrFree, types });
      if (zone.present > 0) {
        assumed.push(...free.assumed.map((told) => ({ ...place, ...told })));
        if (types === undefined) {
          const because = 'zoneinfo does not show it; give --pagetypeinfo';
          assumed.push({ field: 'reservedHighatomic', ...place, value: 0, because, matters: 'balance' });
        }
        const cpus = `${onlineCpus} online cpu${onlineCpus === 1 ? '' : 's'}`;
        const because = `not shown; what the kernel computes for ${cpus}`;
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
