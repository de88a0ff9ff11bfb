import {
  applyEvent,
  bootScenario,
  isYieldPoint,
  MAX_ORDER,
  runMachine,
  v4_0,
  type Event,
  type Machine,
  type Merge,
  type Scenario,
  type Turn,
  type YieldPoint,
} from '../../model/index.ts';
import { pickZone } from '../pickZone.ts';
import { reclaimedPages, scannedPages } from './amounts.ts';
import { eventsOf } from './events.ts';
import type { MergePlan, TurnPlan } from './plan.ts';

/**
 * The script that the plans come to: each turn is sized against the machine as kswapd of v4.0 has left it by then, so
 * that takes end at a mark, reclaim ends where a rule turns, and nothing is freed that was not in use. The script ends
 * where kswapd does.
 */
export function playPlans(start: Pick<Scenario, 'system' | 'node'>, plans: readonly TurnPlan[]): readonly Turn[] {
  const turns: Turn[] = [];
  let machine = toYieldPoint(bootScenario(v4_0, start));
  for (const plan of plans) {
    const { at } = machine.thread;
    if (!isYieldPoint(at)) break;
    const played = playPlan(machine, at, plan);
    turns.push(played.turn);
    machine = toYieldPoint(played.machine);
  }
  return turns;
}

/** kswapd goes on until it waits, ends, or spins. */
const toYieldPoint = (m: Machine): Machine => runMachine(v4_0, m, { script: [], limit: 0 }).machine;

function playPlan(m: Machine, at: YieldPoint, plan: TurnPlan): { readonly turn: Turn; readonly machine: Machine } {
  const { zones } = m.node;
  const atHand = zones[at === 'shrink' ? m.thread.balance.zone : pickZone(m.node, 0)]!;
  const scanned = scannedPages(m, atHand, plan.scan, plan.amount);
  const reclaimed = zones.map((zone) => reclaimedPages(m, zone, plan.reclaim, plan.amount));
  const work: Turn = {
    ...(scanned > 0 ? { scanned } : {}),
    ...(reclaimed.some((pages) => pages > 0) ? { reclaimed } : {}),
    ...(plan.merge === undefined ? {} : { merge: [mergeOf(m, plan.merge)] }),
  };
  const point = v4_0.yields[at];
  let machine = point.work(v4_0, m, work);
  const events: Event[] = [];
  for (const planned of plan.events) {
    for (const event of eventsOf(machine, planned)) {
      events.push(event);
      machine = applyEvent(v4_0, machine, event).machine;
    }
  }
  const turn: Turn = {
    ...work,
    ...(events.length > 0 ? { events } : {}),
    ...(plan.remaining > 0 ? { remaining: plan.remaining } : {}),
  };
  return { turn, machine: point.resume(v4_0, machine, turn) ?? machine };
}

const mergeOf = (m: Machine, { zone, from, steps, count }: MergePlan): Merge => ({
  zone: pickZone(m.node, zone),
  from,
  to: Math.min(MAX_ORDER - 1, from + steps),
  count,
});
