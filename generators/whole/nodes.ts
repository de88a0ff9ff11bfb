import fc from 'fast-check';
import {
  hasRule,
  LAYOUTS,
  makeSetupMachine,
  MAX_ORDER,
  setupAtBoot,
  type AllocNode,
  type Kernel,
  type LayoutName,
  type RawZone,
  type Request,
  type ScenarioZone,
  type SetupZone,
  type ZoneFlag,
} from '../../model/index.ts';
import { record } from '../record.ts';
import { lruPages } from '../zone/lru.ts';

const ZONES = 4;
const TOP = MAX_ORDER - 1;
/** Pages that are set aside together. */
const PAGEBLOCK_PAGES = 512;

/** A zone of a small machine: how large it is, how much of it is free and in what blocks, and what is on its lists. */
interface ZoneDraw {
  readonly pages: number;
  /** `dug`: as far below the min mark as a request of some right may dig. */
  readonly free: 'none' | 'dug' | 'min' | 'low' | 'high' | 'some' | 'all';
  readonly off: number;
  /** How deep. */
  readonly dig: number;
  /** Pages scanned, where they are counted: 8ths of what makes reclaim give the zone up. */
  readonly scanned: number;
  readonly blocks: 'single' | 'mixed' | 'large';
  /** 8ths of what is not free that are file pages; or but a few or none of them, and no others to be freed. */
  readonly file: number | 'few' | 'none';
  /** Of its share of fresh pages: all is left, a page, or none. */
  readonly share: 'whole' | 'a page' | 'used up';
  /** Pages that its marks are raised by, and whether kswapd is still to be told. */
  readonly boost: number;
  readonly untold: boolean;
  /** It has no block that would not mix kinds of pages. */
  readonly mixes: boolean;
  /** A block that is free turns out to be of no use. */
  readonly fails: number;
  readonly dirtyOk: boolean;
  /** Page blocks that are set aside for atomic requests of high order. */
  readonly setAside: number;
  /** 8ths of these that are free, as far as anything is. */
  readonly setAsideFree: number;
}

/**
 * What machines are drawn as. Bare: little is free and nothing is on any list. Starved: next to nothing of either.
 * Pressed: next to nothing is free. Cornered: the lowest zones are starved, and all else is free. Shattered: enough is
 * free, page by page.
 */
export type Shape = 'drawn' | 'bare' | 'starved' | 'pressed' | 'cornered' | 'shattered';

/** What kswapd is asked for already; null: nothing. */
interface PendingDraw {
  readonly order: number;
  readonly zoneIdx: number;
}

/** A node: all its zones, one of them, or none; asleep, or about to run. */
export interface NodeDraw {
  readonly zones: readonly ZoneDraw[];
  readonly populated: 'all' | 'normal' | 'none';
  /** Whatever the others are. */
  readonly bare: boolean;
  readonly asleep: boolean;
  readonly pending: PendingDraw | null;
  readonly failures: number;
  readonly dirtyOk: boolean;
  readonly hasCpus: boolean;
}

const arbitraryZone = record<ZoneDraw>({
  pages: fc.constantFrom(256, 512, 1024, 2048, 4096),
  free: fc.constantFrom('none', 'dug', 'dug', 'dug', 'dug', 'min', 'low', 'low', 'high', 'some', 'all'),
  off: fc.integer({ min: -8, max: 8 }),
  dig: fc.nat(29),
  scanned: fc.constantFrom(0, 0, 0, 0, 7, 8, 8, 16),
  blocks: fc.constantFrom('single', 'mixed', 'mixed', 'large'),
  file: fc.constantFrom<ZoneDraw['file'][]>('none', 'few', 'few', 0, 1, 2, 3, 4, 5, 6, 8),
  share: fc.constantFrom('whole', 'a page', 'used up'),
  boost: fc.constantFrom(0, 0, 0, 0, 0, 0, 8, 64),
  untold: fc.boolean(),
  mixes: fc.constantFrom(false, false, true),
  fails: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1),
  dirtyOk: fc.constantFrom(true, true, true, false),
  setAside: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2),
  setAsideFree: fc.constantFrom(0, 1, 8, 8),
});

export const arbitraryNodeDraw = record<NodeDraw>({
  zones: fc.array(arbitraryZone, { minLength: ZONES, maxLength: ZONES }),
  populated: fc.constantFrom('all', 'all', 'all', 'normal', 'none'),
  bare: fc.constantFrom(false, false, false, false, false, true),
  asleep: fc.constantFrom(true, true, true, false),
  pending: fc.option(
    record<PendingDraw>({ order: fc.constantFrom(0, 0, 0, 3), zoneIdx: fc.constantFrom(0, 1, 2, 3, 3, 3) }),
    { freq: 2 },
  ),
  failures: fc.constantFrom(0, 0, 14, 15, 15, 16),
  dirtyOk: fc.constantFrom(true, true, true, false),
  hasCpus: fc.constantFrom(true, true, true, false),
});

/** Which zones of a node have memory: HighMem and Movable never both. */
function populatedAt(layout: LayoutName, { populated }: NodeDraw, index: number, first: boolean): boolean {
  if (populated === 'none' && !first) return false;
  const name = LAYOUTS[layout][index]!;
  if (populated === 'normal') return name === 'Normal';
  return name !== 'Movable' || layout === 'x86_64';
}

/** The nodes, with marks and reserves as the kernel sets them up for so much memory. */
export function wholeNodes(
  k: Kernel,
  layout: LayoutName,
  draws: readonly NodeDraw[],
  shape: Shape,
): readonly AllocNode[] {
  const raw = draws.map((draw, id) => ({
    id,
    zones: LAYOUTS[layout].map((name, i): RawZone => {
      const pages = populatedAt(layout, draw, i, id === 0) ? draw.zones[i]!.pages : 0;
      return { name, present: pages, managed: pages, watermark: { min: 0, low: 0, high: 0 }, percpuDriftMark: 0 };
    }),
  }));
  const totalramPages = raw.reduce((sum, { zones }) => zones.reduce((pages, { managed }) => pages + managed, sum), 0);
  const settings = {
    totalramPages,
    onlineCpus: 1,
    minFreeKbytes: 0,
    userMinFreeKbytes: -1,
    lowmemReserveRatio: [256, 256, 32],
  };
  const made = setupAtBoot(k, makeSetupMachine(raw, settings));
  return made.nodes.map(({ id, zones }, n): AllocNode => {
    const draw = draws[n]!;
    return {
      id,
      zones: zones.map((zone, i): ScenarioZone => wholeZone(k, zone, draw, i, shapeOf(shape, draw, i))),
      kswapd: { ...pendingOf(k, draw, shape, zones), failures: draw.failures, waiting: draw.asleep },
      dirtyOk: draw.dirtyOk,
    };
  });
}

/**
 * What kswapd is asked for: of a cornered machine, all zones. Nothing is the highest zone with memory in v4.0, and past
 * the last zone later.
 */
function pendingOf(
  k: Kernel,
  { pending }: NodeDraw,
  shape: Shape,
  zones: readonly SetupZone[],
): Omit<Request, 'failures'> {
  const last = zones.findLastIndex(({ present }) => present > 0);
  const nothing = hasRule(k, 'shrinkNode') ? zones.length : Math.max(0, last);
  if (shape === 'cornered') return { order: 0, zoneIdx: Math.min(zones.length - 1, nothing) };
  if (pending === null) return { order: 0, zoneIdx: nothing };
  return { order: pending.order, zoneIdx: Math.min(pending.zoneIdx, nothing) };
}

/** What a zone of a node is drawn as; of a cornered machine only the lowest zones are starved. */
function shapeOf(shape: Shape, { bare }: NodeDraw, zone: number): Shape {
  if (bare) return 'bare';
  return shape === 'cornered' && zone === 0 ? 'starved' : shape;
}

function asShaped(draw: ZoneDraw, shape: Shape): ZoneDraw {
  const low = draw.free === 'dug' ? 'dug' : 'none';
  switch (shape) {
    case 'drawn':
    case 'bare':
      return draw;
    case 'starved':
      return { ...draw, free: low, file: 'few' };
    case 'pressed':
      return { ...draw, free: low };
    case 'cornered':
      return { ...draw, free: 'all' };
    case 'shattered':
      return { ...draw, free: 'some', blocks: 'single' };
  }
}

/** A zone of the machine, with what the kernel knows of it. */
function wholeZone(k: Kernel, made: SetupZone, node: NodeDraw, index: number, shape: Shape): ScenarioZone {
  const { name, present, managed, watermark, lowmemReserve } = made;
  const draw = node.zones[index]!;
  const boosts = hasRule(k, 'pgdatWatermarkBoosted');
  const boost = boosts && managed > 0 ? draw.boost : 0;
  const shares = !hasRule(k, 'shrinkNode');
  const reservedHighatomic = shares || managed === 0 ? 0 : draw.setAside * PAGEBLOCK_PAGES;
  const { pages, lru } = contentsOf(asShaped(draw, shape), managed, watermark, boost, shape === 'bare');
  const free = freeBlocks(pages, Math.min(pages, (reservedHighatomic * draw.setAsideFree) >> 3), draw.blocks);
  const flags: ZoneFlag[] = [];
  if (shares && managed > 0 && draw.share === 'used up') flags.push('fairDepleted');
  if (boost > 0 && draw.untold) flags.push('boostedWatermark');
  const share = { whole: watermark.high - watermark.low, 'a page': 1, 'used up': 0 }[draw.share];
  return {
    name,
    present,
    managed,
    watermark,
    boost,
    lowmemReserve,
    free,
    reservedHighatomic,
    vmstatDrift: 0,
    percpuDriftMark: 0,
    lru,
    pagesScanned: shares && managed > 0 ? (lruPages(lru) * 6 * draw.scanned) >> 3 : 0,
    flags,
    allocBatch: shares ? share : 0,
    dirtyOk: draw.dirtyOk && node.dirtyOk,
    rmqueueFails: draw.fails,
    nofragmentFails: boosts && draw.mixes,
  };
}

/** What the min mark comes to for those who may dig: a half, three quarters, or three eighths of it. */
const DUG = [
  (min: number) => Math.ceil(min / 2),
  (min: number) => Math.ceil((3 * min) / 4),
  (min: number) => Math.ceil((3 * Math.ceil(min / 2)) / 4),
] as const;
/** Pages that are free beyond that: often just too few for a request, or just enough. */
const DUG_OFF = [0, 1, 0, 1, 0, 1, -1, 2, -3, 8] as const;

const EMPTY_LRU = { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0 };

interface Marks {
  readonly min: number;
  readonly low: number;
  readonly high: number;
}

/** How many pages of a zone are free, and what stands on its lists. */
function contentsOf(
  { free, off, file, dig }: ZoneDraw,
  managed: number,
  { min, low, high }: Marks,
  boost: number,
  bare: boolean,
) {
  const dug = DUG[dig % DUG.length]!(min + boost) + DUG_OFF[dig % DUG_OFF.length]!;
  const wanted = { none: 0, dug, min: min + off, low: low + off, high: high + off, some: managed >> 2, all: managed }[
    free
  ];
  const pages = Math.max(0, Math.min(managed, wanted));
  const used = managed - pages;
  const inactiveFile =
    typeof file === 'number' ? Math.floor((used * file) / 8) : file === 'few' ? Math.min(used, 2) : 0;
  if (bare) return { pages: pages >> 3, lru: EMPTY_LRU };
  const inactiveAnon = typeof file === 'number' ? (used - inactiveFile) >> 2 : 0;
  return { pages, lru: { inactiveAnon, activeAnon: 0, inactiveFile, activeFile: 0 } };
}

/** So many free pages, some of which are set aside. */
function freeBlocks(pages: number, setAside: number, blocks: ZoneDraw['blocks']): ScenarioZone['free'] {
  const left = pages - setAside;
  return {
    ...(left === 0 ? {} : { movable: inBlocks(left, blocks) }),
    ...(setAside === 0 ? {} : { highatomic: inBlocks(setAside, blocks) }),
  };
}

/** So many pages as free blocks: all single, as few as can be, or half and half. */
function inBlocks(pages: number, blocks: ZoneDraw['blocks']): readonly number[] {
  const single = blocks === 'single' ? pages : blocks === 'mixed' ? pages >> 1 : 0;
  const rest = pages - single;
  return Array.from({ length: MAX_ORDER }, (_, order) => {
    const own = order === TOP ? rest >> TOP : (rest >> order) & 1;
    return order === 0 ? own + single : own;
  });
}
