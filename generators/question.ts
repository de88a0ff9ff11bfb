import fc from 'fast-check';
import {
  ALLOC_FLAG_NAMES,
  ASKED_FLAG_NAMES,
  type AllocFlagName,
  type Question,
  type ScenarioZone,
  type System,
} from '../model/index.ts';
import { generationOf, type Generation } from './generation.ts';
import { freePagesOf } from './legality.ts';
import { arbitraryState, type Options } from './node.ts';
import { pickZone } from './pickZone.ts';
import { record } from './record.ts';
import { arbitraryOrder } from './zone/aim.ts';
import { gapOf } from './zone/limits.ts';

interface Asked {
  readonly zone: number;
  /** The order to ask for, or the one that the node was drawn around. */
  readonly order: number | undefined;
  readonly zoneIdx: number;
  /** A mark of the zone, any number, or where the check turns, and `off` pages more. */
  readonly mark: 'min' | 'low' | 'high' | 'edge' | 'any';
  readonly pages: number;
  readonly off: number;
  readonly counter: 'precise' | 'cheap';
  readonly gap: 'none' | 'own' | 'any';
  readonly allocFlags: readonly AllocFlagName[];
}

const arbitraryAsked = ({ byNode }: Generation) =>
  record<Asked>({
    zone: fc.integer({ min: 0, max: 4 }),
    order: fc.option(arbitraryOrder, { nil: undefined, freq: 2 }),
    zoneIdx: fc.integer({ min: 0, max: 4 }),
    mark: fc.constantFrom('min', 'low', 'high', 'edge', 'edge', 'edge', 'edge', 'edge', 'any'),
    pages: fc.integer({ min: 0, max: 5000 }),
    off: fc.constantFrom(0, 1, -1),
    counter: fc.constantFrom('precise' as const, 'cheap' as const),
    gap: fc.constantFrom('none', 'own', 'any'),
    allocFlags: fc.oneof(fc.constant([]), fc.subarray([...(byNode ? ASKED_FLAG_NAMES : ALLOC_FLAG_NAMES)])),
  });

/** A node and arguments for any rule that decides without waiting; half of the marks lie where the check turns. */
export function arbitraryQuestion(options: Options = {}): fc.Arbitrary<Question> {
  const generation = generationOf(options.kernel);
  return fc
    .tuple(arbitraryState(options), arbitraryAsked(generation))
    .map(([{ system, node, order: drawn }, asked]) => {
      const count = node.zones.length;
      const index = pickZone(node, asked.zone);
      const zone = node.zones[index]!;
      const order = asked.order ?? drawn;
      const zoneIdx = Math.min(asked.zoneIdx, count - 1);
      const mark = markOf(generation, system, zone, asked, order, zoneIdx);
      const balanceGap = asked.gap === 'none' ? 0 : asked.gap === 'own' ? gapOf(zone) : asked.pages;
      return { system, node, args: { zone: index, order, zoneIdx, mark, balanceGap, allocFlags: asked.allocFlags } };
    });
}

function markOf(
  { byNode }: Generation,
  system: System,
  zone: ScenarioZone,
  asked: Asked,
  order: number,
  zoneIdx: number,
): number {
  if (asked.mark === 'any') return asked.pages;
  if (asked.mark !== 'edge') return zone.watermark[asked.mark];
  const { allocFlags } = asked;
  const cma = system.cma && !allocFlags.includes('CMA') ? freePagesOf({ free: { cma: zone.free.cma ?? [] } }) : 0;
  const counted = Math.max(0, freePagesOf(zone) + (asked.counter === 'cheap' ? zone.vmstatDrift : 0));
  const kept = cma + zone.lowmemReserve[zoneIdx]!;
  const turning = byNode
    ? turningLater(zone, order, counted - kept, allocFlags)
    : turningMark(zone, order, counted, kept);
  return Math.max(0, markLoweredTo(turning + asked.off, allocFlags));
}

/** The same from v4.4 on: there is one comparison, and a reserve that only some requests may use. */
function turningLater(
  { reservedHighatomic }: ScenarioZone,
  order: number,
  counted: number,
  allocFlags: readonly AllocFlagName[],
): number {
  const harder = allocFlags.includes('HARDER') || allocFlags.includes('OOM');
  return counted - ((1 << order) - 1) - (harder ? 0 : reservedHighatomic);
}

/** The least mark that an allocation fails at, given the pages free and those of them that it must not use. */
function turningMark({ free }: ScenarioZone, order: number, counted: number, kept: number): number {
  const lists = Object.values(free);
  let left = counted - ((1 << order) - 1);
  let turning = left - kept;
  for (let o = 0; o < order; o++) {
    for (const blocks of lists) left -= blocks[o]! * (1 << o);
    turning = Math.min(turning, left * (2 << o));
  }
  return turning;
}

/** A mark that the flags lower to so many pages: HIGH by a half, then OOM by a half or HARDER by a quarter. */
function markLoweredTo(pages: number, allocFlags: readonly AllocFlagName[]): number {
  const harder = allocFlags.includes('HARDER') ? Math.floor((pages * 4) / 3) : pages;
  const beforeHarder = allocFlags.includes('OOM') ? pages * 2 : harder;
  return allocFlags.includes('HIGH') ? beforeHarder * 2 : beforeHarder;
}
