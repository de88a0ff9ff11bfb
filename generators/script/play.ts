import {
  applyEvent,
  bootScenario,
  isYieldPoint,
  MAX_ORDER,
  runMachine,
  hasRule,
  type Event,
  type Kernel,
  type Machine,
  type Merge,
  type Scenario,
  type Turn,
  type YieldPoint,
} from '../../model/index.ts';
import { pickZone } from '../pickZone.ts';
import { reclaimedPages, scannedPages } from './amounts.ts';
import { eventsOf } from './events.ts';
import { reclaimedOfNode, scannedOfNode } from './nodeAmounts.ts';
import type { MergePlan, TurnPlan } from './plan.ts';

/**
 * The script that the plans come to: each turn is sized against the machine as kswapd has left it by then, so
 * that takes end at a mark, reclaim ends where a rule turns, and nothing is freed that was not in use. The script ends
 * where kswapd does.
 */
export function playPlans(
  k: Kernel,
  start: Pick<Scenario, 'system' | 'node'>,
  plans: readonly TurnPlan[],
): readonly Turn[] {
  const turns: Turn[] = [];
  let machine = toYieldPoint(k, bootScenario(k, start));
  for (const plan of plans) {
    const { at } = machine.thread;
    if (!isYieldPoint(at)) break;
    const played = playPlan(k, machine, at, plan);
    turns.push(played.turn);
    machine = toYieldPoint(k, played.machine);
  }
  return turns;
}

/** kswapd goes on until it waits, ends, or spins. */
const toYieldPoint = (k: Kernel, m: Machine): Machine => runMachine(k, m, { script: [], limit: 0 }).machine;

/** Pages that the turn scans, and reclaims by zone. */
interface Amounts {
  readonly scanned: number;
  readonly reclaimed: readonly number[];
}

function amountsOf(k: Kernel, m: Machine, { reclaim, scan, amount }: TurnPlan): Amounts {
  if (hasRule(k, 'shrinkNode')) {
    return { scanned: scannedOfNode(m, scan, amount), reclaimed: reclaimedOfNode(k, m, reclaim, amount) };
  }
  const { zones } = m.node;
  const atHand = zones[m.thread.at === 'shrink' ? m.thread.balance.zone : pickZone(m.node, 0)]!;
  return {
    scanned: scannedPages(m, atHand, scan, amount),
    reclaimed: zones.map((zone) => reclaimedPages(m, zone, reclaim, amount)),
  };
}

function playPlan(
  k: Kernel,
  m: Machine,
  at: YieldPoint,
  plan: TurnPlan,
): { readonly turn: Turn; readonly machine: Machine } {
  const { scanned, reclaimed } = amountsOf(k, m, plan);
  const work: Turn = {
    ...(scanned > 0 ? { scanned } : {}),
    ...(reclaimed.some((pages) => pages > 0) ? { reclaimed } : {}),
    ...(plan.merge === undefined || k.yields.compact === undefined ? {} : { merge: [mergeOf(m, plan.merge)] }),
  };
  const point = k.yields[at]!;
  let machine = point.work(k, m, work);
  const events: Event[] = [];
  for (const planned of plan.events) {
    for (const event of eventsOf(machine, planned)) {
      events.push(event);
      machine = applyEvent(k, machine, event).machine;
    }
  }
  const turn: Turn = {
    ...work,
    ...(events.length > 0 ? { events } : {}),
    ...(plan.remaining > 0 ? { remaining: plan.remaining } : {}),
  };
  return { turn, machine: point.resume(k, machine, turn) ?? machine };
}

const mergeOf = (m: Machine, { zone, from, steps, count }: MergePlan): Merge => ({
  zone: pickZone(m.node, zone),
  from,
  to: Math.min(MAX_ORDER - 1, from + steps),
  count,
});
