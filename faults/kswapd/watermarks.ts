import { ALLOC_CMA, ALLOC_HIGH, zonePageState, zonePageStateSnapshot, type Kernel } from '../../model/index.ts';
import { rulesBrokenIn, type Fault } from '../fault.ts';

/** Faults of the watermark check that every kernel may have. */
export function brokenWatermarks(base: Kernel): readonly Fault[] {
  const broken = rulesBrokenIn(base);
  return [
    broken('a page at exactly mark and reserve may be taken', {
      __zoneWatermarkOk: (k, system, zone, order, mark, zoneIdx, flags, free) =>
        base.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, flags, free + 1),
    }),
    broken('HIGH does not lower the mark', {
      __zoneWatermarkOk: (k, system, zone, order, mark, zoneIdx, flags, free) =>
        base.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, flags & ~ALLOC_HIGH, free),
    }),
    broken('free CMA pages serve every request', {
      __zoneWatermarkOk: (k, system, zone, order, mark, zoneIdx, flags, free) =>
        base.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, flags | ALLOC_CMA, free),
    }),
    broken('small blocks serve a high order', {
      __zoneWatermarkOk: (k, system, zone, order, mark, zoneIdx, flags, free) =>
        base.__zoneWatermarkOk(k, system, zone, 0, mark, zoneIdx, flags, free - ((1 << order) - 1)),
    }),
    broken('counts precisely', {
      zoneWatermarkOk: (k, system, zone, order, mark, zoneIdx, flags) =>
        k.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, flags, zonePageStateSnapshot(zone)),
    }),
    broken('believes the cheap counter', {
      zoneWatermarkOkSafe: (k, system, zone, order, mark, zoneIdx, flags) =>
        k.__zoneWatermarkOk(k, system, zone, order, mark, zoneIdx, flags, zonePageState(zone)),
    }),
  ];
}
