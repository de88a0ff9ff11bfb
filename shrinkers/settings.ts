import type { Question, System } from '../model/index.ts';
import { parts, replaced, without, type InUse } from './case.ts';

const PLAIN: System = {
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

/** A question with fewer allocation flags. */
export function* fewerAllocFlags(given: Question): Generator<Question> {
  const { args } = given;
  for (const { from, count } of parts(args.allocFlags.length)) {
    yield { ...given, args: { ...args, allocFlags: without(args.allocFlags, from, count) } };
  }
}
