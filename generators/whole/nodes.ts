import fc from 'fast-check';
import {
  LAYOUTS,
  makeSetupMachine,
  MAX_ORDER,
  setupAtBoot,
  type AllocNode,
  type Kernel,
  type LayoutName,
  type RawZone,
} from '../../model/index.ts';
import { record } from '../record.ts';

const ZONES = 4;
const TOP = MAX_ORDER - 1;

/** A zone of a small machine: how large it is, how much of it is free and in what blocks, and what is on its lists. */
interface ZoneDraw {
  readonly pages: number;
  readonly free: 'none' | 'min' | 'low' | 'high' | 'some' | 'all';
  readonly off: number;
  readonly blocks: 'single' | 'mixed' | 'large';
  /** 8ths of what is not free that are file pages. */
  readonly file: number;
}

/** A node: all its zones, one of them, or none; asleep, or about to run. */
export interface NodeDraw {
  readonly zones: readonly ZoneDraw[];
  readonly populated: 'all' | 'normal' | 'none';
  readonly asleep: boolean;
  readonly failures: number;
  readonly hasCpus: boolean;
}

const arbitraryZone = record<ZoneDraw>({
  pages: fc.constantFrom(256, 512, 1024, 2048, 4096),
  free: fc.constantFrom('none', 'min', 'low', 'low', 'high', 'some', 'all'),
  off: fc.integer({ min: -8, max: 8 }),
  blocks: fc.constantFrom('single', 'mixed', 'mixed', 'large'),
  file: fc.integer({ min: 0, max: 8 }),
});

export const arbitraryNodeDraw = record<NodeDraw>({
  zones: fc.array(arbitraryZone, { minLength: ZONES, maxLength: ZONES }),
  populated: fc.constantFrom('all', 'all', 'all', 'normal', 'none'),
  asleep: fc.constantFrom(true, true, true, false),
  failures: fc.constantFrom(0, 0, 0, 0, 15, 16),
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
  bare: boolean,
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
  return made.nodes.map(({ id, zones }, n) => {
    const draw = draws[n]!;
    return {
      id,
      zones: zones.map(({ name, present, managed, watermark, lowmemReserve }, i) => {
        const { free, lru } = contentsOf(draw.zones[i]!, managed, watermark, bare);
        const alloc = { allocBatch: watermark.high - watermark.low, dirtyOk: true };
        return {
          name,
          present,
          managed,
          watermark,
          boost: 0,
          lowmemReserve,
          free,
          reservedHighatomic: 0,
          vmstatDrift: 0,
          percpuDriftMark: 0,
          lru,
          pagesScanned: 0,
          flags: [],
          ...alloc,
        };
      }),
      kswapd: { order: 0, zoneIdx: ZONES - 1, failures: draw.failures, waiting: draw.asleep },
    };
  });
}

const EMPTY_LRU = { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0 };

interface Marks {
  readonly min: number;
  readonly low: number;
  readonly high: number;
}

/** What is free in a zone, and what stands on its lists. */
function contentsOf({ free, off, blocks, file }: ZoneDraw, managed: number, { min, low, high }: Marks, bare: boolean) {
  const wanted = { none: 0, min: min + off, low: low + off, high: high + off, some: managed >> 2, all: managed }[free];
  const pages = Math.max(0, Math.min(managed, wanted));
  const used = managed - pages;
  const inactiveFile = Math.floor((used * file) / 8);
  if (bare) return { free: { movable: inBlocks(pages >> 3, blocks) }, lru: EMPTY_LRU };
  const lru = { inactiveAnon: (used - inactiveFile) >> 2, activeAnon: 0, inactiveFile, activeFile: 0 };
  return { free: pages === 0 ? {} : { movable: inBlocks(pages, blocks) }, lru };
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
