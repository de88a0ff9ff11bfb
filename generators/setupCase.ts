import fc from 'fast-check';
import {
  mebibytes,
  WATERMARK_SCALE_FACTOR,
  type RawNode,
  type RawZone,
  type SetupCase,
  type ZoneName,
} from '../model/index.ts';
import { record } from './record.ts';

const NAMES: readonly (readonly ZoneName[])[] = [
  ['Normal'],
  ['DMA', 'Normal'],
  ['DMA', 'DMA32', 'Normal'],
  ['DMA', 'Normal', 'HighMem'],
  ['Normal', 'HighMem', 'Movable'],
  ['DMA', 'DMA32', 'Normal', 'Movable'],
];
const MOST_NAMES = 4;
const MOST_NODES = 4;

/** A zone before set-up: pages around a power of two, or few, or any number; what boot kept; and earlier marks. */
interface ZoneDraw {
  readonly size: 'none' | 'tiny' | 'power' | 'any';
  readonly pages: number;
  readonly exponent: number;
  readonly off: number;
  readonly kept: number;
  readonly earlier: boolean;
  readonly min: number;
  readonly driftMark: number;
  readonly boost: number;
}

/** Pages of a zone of up to 1 TiB. */
const MOST_PAGES = mebibytes(1024 * 1024);

const arbitraryZone = record<ZoneDraw>({
  size: fc.constantFrom('none', 'tiny', 'power', 'power', 'power', 'any', 'any'),
  pages: fc.integer({ min: 0, max: MOST_PAGES }),
  exponent: fc.integer({ min: 0, max: Math.log2(MOST_PAGES) }),
  off: fc.constantFrom(0, 1, -1),
  kept: fc.constantFrom(0, 0, 0, 1, 3, 64),
  earlier: fc.constantFrom(false, false, true),
  min: fc.integer({ min: 0, max: 5000 }),
  driftMark: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 500_000 })),
  boost: fc.oneof(fc.constantFrom(0, 0, 512), fc.integer({ min: 0, max: 5000 })),
});

const arbitraryRatio = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(256, 256, 32) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 2000 }) },
  { weight: 1, arbitrary: fc.constant(0) },
);

const arbitraryKbytes = fc.oneof(fc.constantFrom(0, 128, 1024, 65536), fc.integer({ min: 0, max: 1_000_000 }));

/** One to four nodes before set-up, with the settings that it depends on in any kernel. */
export function arbitrarySetupCase(): fc.Arbitrary<SetupCase> {
  const zones = fc.array(arbitraryZone, { minLength: MOST_NAMES, maxLength: MOST_NAMES });
  const cases = record({
    names: fc.constantFrom(...NAMES),
    nodes: fc.array(zones, { minLength: 1, maxLength: MOST_NODES, size: 'max' }),
    onlineCpus: fc.constantFrom(1, 2, 3, 4, 8, 16, 64, 256, 4096),
    minFreeKbytes: arbitraryKbytes,
    userMinFreeKbytes: fc.oneof(fc.constant(-1), arbitraryKbytes),
    sameMinFree: fc.boolean(),
    ratios: fc.array(arbitraryRatio, { minLength: MOST_NAMES - 1, maxLength: MOST_NAMES - 1 }),
    watermarkScaleFactor: fc.oneof(fc.constantFrom(WATERMARK_SCALE_FACTOR, 1, 1000), fc.integer({ min: 1, max: 1000 })),
    movableIsHighmem: fc.boolean(),
    hidden: fc.constantFrom(0, 0, 0, 100, 5000),
    // A machine is small below 16 MiB.
    most: fc.constantFrom(undefined, undefined, undefined, undefined, mebibytes(16) - 1, mebibytes(16)),
  });
  return cases.map(({ names, nodes: drawn, onlineCpus, minFreeKbytes, userMinFreeKbytes, ...draw }) => {
    const nodes = drawn.map((zoneDraws, id) => rawNode(id, names, zoneDraws));
    const managed = nodes.flatMap(({ zones: all }) => all).reduce((pages, zone) => pages + zone.managed, 0);
    return {
      nodes,
      args: {
        totalramPages: Math.min(draw.most ?? Infinity, Math.max(0, managed - draw.hidden)),
        onlineCpus,
        minFreeKbytes: draw.sameMinFree && userMinFreeKbytes >= 0 ? userMinFreeKbytes : minFreeKbytes,
        userMinFreeKbytes,
        lowmemReserveRatio: draw.ratios.slice(0, names.length - 1),
        watermarkScaleFactor: draw.watermarkScaleFactor,
        movableIsHighmem: draw.movableIsHighmem && names.includes('HighMem') && names.includes('Movable'),
      },
    };
  });
}

function rawNode(id: number, names: readonly ZoneName[], draws: readonly ZoneDraw[]): RawNode {
  const zones = names.map((name, i) => rawZone(name, draws[i]!));
  const highmem = zones.some(({ name, present }) => name === 'HighMem' && present > 0);
  return { id, zones: zones.map((zone) => (highmem && zone.name === 'Movable' ? emptyZone(zone.name) : zone)) };
}

function rawZone(name: ZoneName, draw: ZoneDraw): RawZone {
  const present = presentPages(draw);
  if (present === 0) return emptyZone(name);
  const { earlier, min } = draw;
  const watermark = earlier ? { min, low: min + Math.floor(min / 4), high: min + Math.floor(min / 2) } : NO_MARKS;
  const managed = present - Math.floor((present * draw.kept) / 64);
  const [boost, percpuDriftMark] = earlier ? [draw.boost, draw.driftMark] : [0, 0];
  return { name, present, managed, watermark, boost, percpuDriftMark };
}

function presentPages({ size, pages, exponent, off }: ZoneDraw): number {
  switch (size) {
    case 'none':
      return 0;
    case 'tiny':
      return pages % 2000;
    case 'power':
      return 2 ** exponent + off;
    case 'any':
      return pages;
  }
}

const NO_MARKS = { min: 0, low: 0, high: 0 } as const;

const emptyZone = (name: ZoneName): RawZone => ({
  name,
  present: 0,
  managed: 0,
  watermark: NO_MARKS,
  boost: 0,
  percpuDriftMark: 0,
});
