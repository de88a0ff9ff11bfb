import type { Kernel } from './kernel.ts';
import { silent, type Outcome } from './outcome.ts';
import type { Event } from './scenario.ts';
import { giveBlocks, takeBlocks } from './state/freeArea.ts';
import { withNode, withSystem, withWaits, type Machine } from './state/machine.ts';
import { withZone } from './state/node.ts';
import type { Zone } from './state/zone.ts';

const withChangedZone = (m: Machine, index: number, change: (zone: Zone) => Zone): Outcome =>
  silent(withNode(m, withZone(m.node, index, change(m.node.zones[index]!))));

const throttle = (m: Machine): Outcome => silent(withWaits(m, { ...m.waits, throttled: m.waits.throttled + 1 }));

/** Tells kswapd's task directly: it runs again without leaving its queue. */
const tellTask = (m: Machine, told: { readonly freezing: true } | { readonly shouldStop: true }): Outcome =>
  silent(withWaits(m, { ...m.waits, ...told, woken: true }));

/** What one event of another task does to the machine, while kswapd waits. */
export function applyEvent(k: Kernel, m: Machine, event: Event): Outcome {
  if ('take' in event) {
    const { zone, order, count } = event.take;
    return withChangedZone(m, zone, (z) => ({ ...z, freeArea: takeBlocks(z.freeArea, order, count).area }));
  }
  if ('give' in event) {
    const { zone, order, count } = event.give;
    return withChangedZone(m, zone, (z) => ({ ...z, freeArea: giveBlocks(z.freeArea, order, count), pagesScanned: 0 }));
  }
  if ('wakeup' in event) {
    const { zone, order, zoneIdx } = event.wakeup;
    return k.wakeupKswapd(k, m, zone, order, zoneIdx);
  }
  if ('throttle' in event) return throttle(m);
  if ('pfmemallocCheck' in event) {
    const { ok, machine } = k.pfmemallocWatermarkOk(k, m);
    return ok ? silent(machine) : throttle(machine);
  }
  if ('bufferHeads' in event) return silent(withSystem(m, { ...m.system, bufferHeadsOverLimit: event.bufferHeads }));
  if ('swap' in event) return silent(withSystem(m, { ...m.system, swapPages: event.swap }));
  if ('boost' in event) return withChangedZone(m, event.boost.zone, (z) => ({ ...z, boost: event.boost.pages }));
  if ('freeze' in event) return tellTask(m, { freezing: true });
  if ('stop' in event) return tellTask(m, { shouldStop: true });
  return event satisfies never;
}
