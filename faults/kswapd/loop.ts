import { v4_0, type Machine, type Outcome, type Thread } from '../../model/index.ts';
import { brokenRule, brokenTransition, brokenYield } from '../fault.ts';

const { transitions, yields } = v4_0;

const withThread = (m: Machine, changes: Partial<Thread>): Machine => ({ ...m, thread: { ...m.thread, ...changes } });
const withBalance = (m: Machine, changes: Partial<Thread['balance']>): Machine =>
  withThread(m, { balance: { ...m.thread.balance, ...changes } });
const changed = ({ machine, records }: Outcome, change: (m: Machine) => Machine): Outcome => ({
  machine: change(machine),
  records,
});

const SWAPPED = {
  low_wmark_hit_quickly: { ev: 'high_wmark_hit_quickly' },
  high_wmark_hit_quickly: { ev: 'low_wmark_hit_quickly' },
} as const;

export const loop = [
  brokenRule('has zone 0 in mind from the start', {
    startThread: (node) => ({ ...v4_0.startThread(node), balancedClasszoneIdx: 0 }),
  }),
  brokenTransition('looks for a new request whatever the last run achieved', {
    checkRequest: {
      step: (k, m) => {
        const { newOrder, newClasszoneIdx } = m.thread;
        const achieved = { balancedOrder: newOrder, balancedClasszoneIdx: newClasszoneIdx };
        const { balancedOrder, balancedClasszoneIdx } = m.thread;
        return changed(transitions.checkRequest.step(k, withThread(m, achieved)), (after) =>
          withThread(after, { balancedOrder, balancedClasszoneIdx }),
        );
      },
    },
  }),
  brokenTransition('leaves the request pending', {
    takeRequest: {
      step: (k, m) => changed(transitions.takeRequest.step(k, m), (after) => ({ ...after, node: m.node })),
    },
  }),
  brokenTransition('balances after a freeze', {
    checkFreeze: {
      step: (k, m) =>
        changed(transitions.checkFreeze.step(k, m), (after) =>
          after.thread.at === 'checkRequest' ? withThread(after, { at: 'wake' }) : after,
        ),
    },
  }),
  brokenTransition('balances for the highest zone', {
    wake: {
      step: (k, m) =>
        changed(transitions.wake.step(k, m), (after) =>
          withThread(after, { balancedClasszoneIdx: m.node.zones.length - 1 }),
        ),
    },
  }),
  brokenTransition('skips the short sleep', {
    kswapdTryToSleep: {
      step: (k, m) => {
        const { machine, records } = transitions.kswapdTryToSleep.step(k, m);
        if (machine.thread.at !== 'shortSleep') return { machine, records };
        return { machine: withThread(machine, { at: 'recheckSleep' }), records: records.slice(0, -1) };
      },
    },
  }),
  brokenTransition('confuses the two events', {
    recheckSleep: {
      step: (k, m) => {
        const { machine, records } = transitions.recheckSleep.step(k, m);
        const swap = (record: (typeof records)[number]) =>
          record.ev === 'low_wmark_hit_quickly' || record.ev === 'high_wmark_hit_quickly' ? SWAPPED[record.ev] : record;
        return { machine, records: records.map(swap) };
      },
    },
  }),
  brokenTransition('starts at priority 11', {
    balancePgdat: {
      step: (k, m) => changed(transitions.balancePgdat.step(k, m), (after) => withBalance(after, { priority: 11 })),
    },
  }),
  brokenTransition('leaves the flags of balanced zones', {
    findEndZone: {
      step: (k, m) => changed(transitions.findEndZone.step(k, m), (after) => ({ ...after, node: m.node })),
    },
  }),
  brokenTransition('looks one zone too low', {
    findEndZone: {
      step: (k, m) =>
        changed(transitions.findEndZone.step(k, m), (after) =>
          withBalance(after, { endZone: Math.max(0, after.thread.balance.endZone - 1) }),
        ),
    },
  }),
  brokenTransition('zones that are not worth scanning are shrunk at every priority', {
    nextZone: {
      step: (k, m) => transitions.nextZone.step({ ...k, zoneReclaimable: () => true }, m),
    },
  }),
  brokenTransition('a high order is judged as it is, whatever compaction could do', {
    kswapdShrinkZone: {
      step: (k, m) => transitions.kswapdShrinkZone.step({ ...k, compactionSuitable: () => 'COMPACT_SKIPPED' }, m),
    },
  }),
  brokenTransition('leaves the flags of a zone that recovered', {
    finishShrink: {
      step: (k, m) => changed(transitions.finishShrink.step(k, m), (after) => ({ ...after, node: m.node })),
    },
  }),
  brokenTransition('a high order is given up one page late', {
    endRound: {
      step: (k, m) => {
        const { order, nrReclaimed } = m.thread.balance;
        if (nrReclaimed !== 2 << order) return transitions.endRound.step(k, m);
        const late = transitions.endRound.step(k, withBalance(m, { nrReclaimed: nrReclaimed - 1 }));
        return changed(late, (after) => withBalance(after, { nrReclaimed }));
      },
    },
  }),
  brokenTransition('the priority number falls in every round', {
    nextRound: { step: (k, m) => transitions.nextRound.step(k, withBalance(m, { raisePriority: true })) },
  }),
  brokenTransition('returns the zone index that was asked for', {
    balanced: {
      step: (k, m) =>
        changed(transitions.balanced.step(k, m), (after) =>
          withThread(after, { balancedClasszoneIdx: m.thread.balancedClasszoneIdx }),
        ),
    },
  }),
  brokenYield('time is left of an undisturbed sleep', {
    shortSleep: {
      resume: (k, m, turn) => {
        const after = yields.shortSleep.resume(k, m, turn);
        return after === undefined ? after : withThread(after, { remaining: turn.remaining ?? 0 });
      },
    },
  }),
  brokenYield('every turn ends it', {
    sleep: {
      resume: (k, m, turn) => yields.sleep.resume(k, { ...m, waits: { ...m.waits, woken: true } }, turn),
    },
  }),
  brokenYield('reclaim works on another zone than the one at hand', {
    shrink: {
      work: (k, m, turn) => yields.shrink.work(k, m, { ...turn, reclaimed: (turn.reclaimed ?? []).slice(1) }),
    },
  }),
  brokenYield('makes no blocks', { compact: { work: (_k, m) => m } }),
];
