import type { AllocFlagName, Question, System } from '../model/index.ts';
import { parts, replaced, without, type InUse } from './case.ts';
import { freePages } from './pages.ts';

/** A system with nothing special switched on. */
export const PLAIN: System = {
  swapPages: 0,
  bufferHeadsOverLimit: false,
  compaction: false,
  cma: false,
  extfragThreshold: 500,
  laptopMode: false,
};

/** The system and zones with nothing special switched on. */
export function* plainSettings<C extends InUse>(given: C): Generator<C> {
  const { system, node } = given;
  yield { ...given, system: PLAIN };
  for (const key of Object.keys(PLAIN)) yield { ...given, system: { ...system, [key]: PLAIN[key as keyof System] } };
  for (const [i, zone] of node.zones.entries()) {
    for (const { from, count } of parts(zone.flags.length)) {
      const flags = without(zone.flags, from, count);
      yield { ...given, node: { ...node, zones: replaced(node.zones, i, { ...zone, flags }) } };
    }
  }
}

/** The mark that allocation flags leave of a mark. */
function loweredMark(mark: number, allocFlags: readonly AllocFlagName[]): number {
  const high = allocFlags.includes('HIGH') ? mark - Math.floor(mark / 2) : mark;
  return allocFlags.includes('HARDER') ? high - Math.floor(high / 4) : high;
}

/** A question with fewer allocation flags, and with the mark that they made of its mark. */
export function* fewerAllocFlags(given: Question): Generator<Question> {
  const { args } = given;
  const mark = loweredMark(args.mark, args.allocFlags);
  yield { ...given, args: { ...args, mark, allocFlags: args.allocFlags.filter((flag) => flag === 'CMA') } };
  for (const { from, count } of parts(args.allocFlags.length)) {
    yield { ...given, args: { ...args, allocFlags: without(args.allocFlags, from, count) } };
  }
}

/** A question for a lower order; what the order takes off the free pages goes onto the mark, or off them. */
export function* lowerAskedOrder(given: Question): Generator<Question> {
  const { node, args } = given;
  const zone = node.zones[args.zone]!;
  for (let order = 0; order < args.order; order++) {
    const less = 2 ** args.order - 2 ** order;
    const pages = freePages(zone.free);
    for (const onMark of [0, less]) {
      for (const movable of [pages, Math.max(0, pages - less)]) {
        const zones = replaced(node.zones, args.zone, { ...zone, free: { movable: [movable] } });
        yield { ...given, node: { ...node, zones }, args: { ...args, order, mark: args.mark + onMark } };
      }
      yield { ...given, args: { ...args, order, mark: args.mark + onMark } };
    }
  }
}
