import type { Kernel } from './kernel.ts';
import { silent, type Outcome } from './outcome.ts';
import { mayReclaimDirectly } from './rules/pfmemalloc.ts';
import type { Event } from './scenario.ts';
import { giveBlocks, takeBlocks } from './state/freeArea.ts';
import { withNode, withSystem, withWaits, type Machine } from './state/machine.ts';
import { withZone } from './state/node.ts';
import { withBufferHeads, withSwap } from './state/system.ts';
import { freezeTask, stopTask, withThrottled } from './state/waits.ts';
import { withBoost, withCached, withFreeArea, withFreed, type Zone } from './state/zone.ts';

const withChangedZone = (m: Machine, index: number, change: (zone: Zone) => Zone): Outcome =>
  silent(withNode(m, withZone(m.node, index, change(m.node.zones[index]!))));

const throttle = (m: Machine): Outcome => silent(withWaits(m, withThrottled(m.waits, m.waits.throttled + 1)));

/** What one event of another task does to the machine, while kswapd waits. */
export function applyEvent(k: Kernel, m: Machine, event: Event): Outcome {
  if ('take' in event) {
    const { zone, order, count } = event.take;
    return withChangedZone(m, zone, (z) => withFreeArea(z, takeBlocks(z.freeArea, order, count).area));
  }
  if ('give' in event) {
    const { zone, order, count } = event.give;
    return withChangedZone(m, zone, (z) => withFreed(z, giveBlocks(z.freeArea, order, count), z.lru));
  }
  if ('lruCacheAdd' in event) {
    const { zone, pages } = event.lruCacheAdd;
    return withChangedZone(m, zone, (z) => withCached(z, pages));
  }
  if ('wakeup' in event) {
    const { zone, order, zoneIdx, directReclaim } = event.wakeup;
    return k.wakeupKswapd(k, m, zone, order, zoneIdx, directReclaim);
  }
  if ('throttle' in event) return throttle(m);
  if ('pfmemallocCheck' in event) {
    const { ok, machine } = mayReclaimDirectly(k, m);
    return ok ? silent(machine) : throttle(machine);
  }
  if ('bufferHeads' in event) return silent(withSystem(m, withBufferHeads(m.system, event.bufferHeads)));
  if ('swap' in event) return silent(withSystem(m, withSwap(m.system, event.swap)));
  if ('boost' in event) return withChangedZone(m, event.boost.zone, (z) => withBoost(z, event.boost.pages));
  if ('freeze' in event) return silent(withWaits(m, freezeTask(m.waits)));
  if ('stop' in event) return silent(withWaits(m, stopTask(m.waits)));
  return event satisfies never;
}
