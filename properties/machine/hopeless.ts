import type { Node } from '../../model/index.ts';
import { anyZoneInBalance, isHopeless } from '../independent/node.ts';
import { HOLDS, machineProperty, type Property } from '../property.ts';
import { asksIn } from './asks.ts';
import { balancing } from './steps.ts';

const LATER = { 'v4.19': HOLDS, 'v5.9': HOLDS };

/** Pages on the lists of a node, which only reclaim takes off. */
function listed({ zones }: Node): number {
  let pages = 0;
  for (const { lru } of zones) pages += lru.inactiveAnon + lru.activeAnon + lru.inactiveFile + lru.activeFile;
  return pages;
}

const failuresOf = ({ kswapd }: Node): number => kswapd.failures;

const hopelessRest = machineProperty({
  id: 'hopeless-nodes-stop',
  family: 'machine',
  title: 'A node that kswapd failed for sixteen times is left alone',
  statement:
    'While a node has 16 runs in vain or more to its name, its kswapd goes to sleep at its next attempt unless it ' +
    'was woken meanwhile, no ask wakes it, and no task begins to wait for it.',
  keptFor: 'It says for all nodes of a machine that giving up gives peace.',
  sources: [
    'v4.19 mm/vmscan.c prepare_kswapd_sleep',
    'v4.19 mm/vmscan.c wakeup_kswapd',
    'v4.19 mm/vmscan.c allow_direct_reclaim',
  ],
  verdicts: LATER,
  mustSee: { 'goes to sleep out of balance': 0.005, 'asked in vain': 0.03, 'a task goes on': 0.02 },
  check: (run, see) => {
    for (const [i, { step, node: n }] of balancing(run, 'recheckSleep')) {
      const { node, system, thread } = step.before;
      if (!isHopeless(node) || thread.remaining > 0) continue;
      const sleeps = step.records.some(({ ev }) => ev === 'sleep');
      if (!anyZoneInBalance(system, node, thread.balancedOrder, thread.classzoneIdx))
        see('goes to sleep out of balance');
      if (!sleeps) return { clause: `kswapd of the hopeless node ${n} does not sleep`, step: i };
    }
    for (const [i, one] of run.steps.entries()) {
      if (one.of === 'direct' && one.step.at === 'throttleDirectReclaim') {
        const { at, node } = one.step.after.task;
        if (at === 'throttled' && isHopeless(one.before.memory.pgdats[node]!.node)) {
          return { clause: `a task waits for the hopeless node ${node}`, step: i };
        }
        if (one.before.memory.pgdats.some(({ node: any }) => isHopeless(any))) see('a task goes on');
      }
      if (one.of !== 'allocation') continue;
      for (const { node: n } of asksIn(one.step.records)) {
        const before = one.before.memory.pgdats[n]!;
        if (!isHopeless(before.node)) continue;
        see('asked in vain');
        if (before.waits.queued && !one.after.memory.pgdats[n]!.waits.queued) {
          return { clause: `kswapd of the hopeless node ${n} is woken`, step: i };
        }
      }
    }
    return undefined;
  },
});

const hopelessComeBack = machineProperty({
  id: 'hopeless-nodes-come-back-by-direct-progress',
  family: 'machine',
  title: 'A page that a task reclaims brings a hopeless node back',
  statement:
    'A node’s runs in vain grow by one at a time, by its kswapd alone; they fall to 0 exactly when a page of the ' +
    'node is reclaimed, by whomever. From then on an ask that finds the node out of balance wakes its kswapd.',
  keptFor: 'It joins what tasks reclaim to the kswapd whose node it revives: two programs at once.',
  sources: ['v4.19 mm/vmscan.c shrink_node', 'v4.19 mm/vmscan.c balance_pgdat', 'v4.19 mm/vmscan.c wakeup_kswapd'],
  verdicts: LATER,
  spans: 'the time since the node was brought back',
  mustSee: { 'brought back by a task': 0.02, 'one more in vain': 0.05, 'woken again': 0.003 },
  check: (run, see) => {
    const revived = new Set<number>();
    for (const [i, step] of run.steps.entries()) {
      if (step.of === 'event' || step.before.memory === step.after.memory) continue;
      for (const [n, pgdat] of step.after.memory.pgdats.entries()) {
        const { node, waits } = step.before.memory.pgdats[n]!;
        if (pgdat.node === node && pgdat.waits === waits) continue;
        const before = failuresOf(node);
        const after = failuresOf(pgdat.node);
        const own = step.of === 'kswapd' && step.node === n && step.step.at === 'countFailure';
        if (after > before) {
          see('one more in vain');
          if (!own || after !== before + 1)
            return { clause: `node ${n} goes from ${before} to ${after} runs`, step: i };
        }
        if (after < before) {
          const freed = pgdat.node.zones.some((zone, z) => zone.freeArea.pages > node.zones[z]!.freeArea.pages);
          if (after !== 0 || !freed) return { clause: `node ${n} goes from ${before} to ${after} runs`, step: i };
          if (isHopeless(node) && step.of === 'direct') {
            see('brought back by a task');
            revived.add(n);
          }
        }
        if (after > 0 && listed(pgdat.node) < listed(node)) {
          return { clause: `pages of node ${n} are reclaimed, and ${after} runs in vain are left`, step: i };
        }
        if (isHopeless(pgdat.node)) revived.delete(n);
        if (step.of !== 'allocation' || !revived.has(n) || !waits.queued) continue;
        const low = asksIn(step.step.records).some(
          (ask) => ask.node === n && !anyZoneInBalance(step.after.memory.system, pgdat.node, ask.order, ask.zoneIdx),
        );
        if (!low) continue;
        if (pgdat.waits.queued) return { clause: `node ${n} is back, and its kswapd is not woken`, step: i };
        see('woken again');
      }
    }
    return undefined;
  },
});

/** When a node is given up, and how it comes back. */
export const hopelessMachineProperties: readonly Property[] = [hopelessRest, hopelessComeBack];
