import {
  v4_19,
  v5_9,
  type Kernel,
  type Machine,
  type NodeBalance,
  type Outcome,
  type Thread,
} from '../../model/index.ts';
import { rulesBrokenIn, transitionsBrokenIn, yieldsBrokenIn } from '../fault.ts';

const step4_19 = transitionsBrokenIn(v4_19);
const step5_9 = transitionsBrokenIn(v5_9);
const yield4_19 = yieldsBrokenIn(v4_19);
const t4_19 = v4_19.transitions;
const t5_9 = v5_9.transitions;

const withThread = (m: Machine, changes: Partial<Thread>): Machine => ({ ...m, thread: { ...m.thread, ...changes } });
const withRun = (m: Machine, changes: Partial<NodeBalance>): Machine =>
  withThread(m, { nodeBalance: { ...m.thread.nodeBalance, ...changes } });
const changed = ({ machine, records }: Outcome, change: (m: Machine) => Machine): Outcome => ({
  machine: change(machine),
  records,
});

type Step = NonNullable<Kernel['transitions']['wake']>['step'];

/** A step, and what is made of what it leaves. */
const after =
  (step: Step, change: (now: Machine, before: Machine) => Machine): Step =>
  (k, m) =>
    changed(step(k, m), (now) => change(now, m));

const keepNode = (now: Machine, before: Machine): Machine => ({ ...now, node: before.node });

const sleeping = [
  rulesBrokenIn(v4_19)('has zone 0 in mind from the start', {
    startThread: (node) => ({ ...v4_19.startThread(node), classzoneIdx: 0 }),
  }),
  step4_19('keeps what was asked before', {
    startKswapd: {
      step: after(t4_19.startKswapd!.step, (now) =>
        withThread({ ...now, node: { ...now.node, kswapd: { ...now.node.kswapd, zoneIdx: 0 } } }, {}),
      ),
    },
  }),
  step4_19('forgets the request that it reads', {
    readRequest: {
      step: after(t4_19.readRequest!.step, (now) => ({
        ...now,
        node: { ...now.node, kswapd: { ...now.node.kswapd, order: 0, zoneIdx: now.node.zones.length } },
      })),
    },
  }),
  step4_19('wakes kcompactd for the order that the run ended at', {
    kswapdTryToSleep: {
      step: (k, m) =>
        changed(t4_19.kswapdTryToSleep!.step(k, withThread(m, { order: m.thread.balancedOrder })), (now) =>
          withThread(now, { order: m.thread.order }),
        ),
    },
  }),
  step4_19('decides by what was asked', {
    recheckSleep: {
      step: (k, m) =>
        changed(t4_19.recheckSleep!.step(k, withThread(m, { balancedOrder: m.thread.order })), (now) =>
          withThread(now, { balancedOrder: m.thread.balancedOrder }),
        ),
    },
  }),
  step4_19('leaves the request pending', { takeRequest: { step: after(t4_19.takeRequest!.step, keepNode) } }),
  step5_9('turns to zone 0 without a request, as up to v5.2', { takeRequest: v4_19.transitions.takeRequest! }),
  step4_19('balances after a freeze', {
    checkFreeze: {
      step: after(t4_19.checkFreeze!.step, (now) =>
        now.thread.at === 'readRequest' ? withThread(now, { at: 'wake' }) : now,
      ),
    },
  }),
  step4_19('balances for the highest zone', {
    wake: { step: after(t4_19.wake!.step, (now) => withThread(now, { classzoneIdx: now.node.zones.length - 1 })) },
  }),
  step4_19('always reads the pending request', {
    checkOrder: { step: after(t4_19.checkOrder!.step, (now) => withThread(now, { at: 'readRequest' })) },
  }),
  yield4_19('a nap that is cut short asks for nothing', {
    shortSleep: {
      resume: (k, m, turn) => {
        const now = v4_19.yields.shortSleep!.resume(k, m, turn);
        return now === undefined ? now : keepNode(now, m);
      },
    },
  }),
  yield4_19('every turn ends it', {
    sleep: {
      resume: (k, m, turn) => v4_19.yields.sleep!.resume(k, { ...m, waits: { ...m.waits, woken: true } }, turn),
    },
  }),
];

const running = [
  step4_19('starts at priority 11', {
    balancePgdat: { step: after(t4_19.balancePgdat!.step, (now) => withRun(now, { priority: 11 })) },
  }),
  step5_9('forgets the boosts', { balancePgdat: t4_19.balancePgdat! }),
  step4_19('buffer heads do not press', {
    checkNode: {
      step: (k, m) =>
        changed(t4_19.checkNode!.step(k, { ...m, system: { ...m.system, bufferHeadsOverLimit: false } }), (now) => ({
          ...now,
          system: m.system,
        })),
    },
  }),
  step4_19('never writes on a laptop', {
    checkNode: {
      step: after(t4_19.checkNode!.step, (now) => withRun(now, { mayWritepage: !now.system.laptopMode })),
    },
  }),
  step5_9('swaps for boosts', {
    checkNode: { step: after(t5_9.checkNode!.step, (now) => withRun(now, { maySwap: true })) },
  }),
  step5_9('a boosted run goes on below priority 10', {
    checkNode: { step: after(t5_9.checkNode!.step, (now) => withRun(now, { raisePriority: true })) },
  }),
  step4_19('one zone is asked for its high mark', {
    kswapdShrinkNode: {
      step: after(t4_19.kswapdShrinkNode!.step, (now) =>
        withRun(now, { nrToReclaim: Math.max(32, now.node.zones[0]!.watermark.high) }),
      ),
    },
  }),
  step4_19('a high order is given up one page late', {
    finishShrink: {
      step: (k, m) => {
        const { order, nrReclaimed } = m.thread.nodeBalance;
        if (nrReclaimed !== 2 << order) return t4_19.finishShrink!.step(k, m);
        return changed(t4_19.finishShrink!.step(k, withRun(m, { nrReclaimed: nrReclaimed - 1 })), (now) =>
          withRun(now, { nrReclaimed }),
        );
      },
    },
  }),
  step4_19('the freezer does not end the run', {
    endRound: {
      step: after(t4_19.endRound!.step, (now, { waits }) =>
        waits.freezing && !waits.shouldStop ? withThread(now, { at: 'nextRound' }) : now,
      ),
    },
  }),
  step4_19('the priority number falls in every round', {
    nextRound: { step: (k, m) => t4_19.nextRound!.step(k, withRun(m, { raisePriority: true })) },
  }),
  step4_19('a round at priority 0 follows', {
    nextRound: {
      step: after(t4_19.nextRound!.step, (now) =>
        now.thread.nodeBalance.priority === 0 ? withThread(now, { at: 'checkNode' }) : now,
      ),
    },
  }),
  step5_9('goes on for boosts in vain', { nextRound: t4_19.nextRound! }),
  step4_19('no run is a failure', { countFailure: { step: after(t4_19.countFailure!.step, keepNode) } }),
  step4_19('every run without balance is a failure', {
    countFailure: {
      step: (k, m) => changed(t4_19.countFailure!.step(k, withRun(m, { nrReclaimed: 0 })), (now) => now),
    },
  }),
  step4_19('returns the order that was asked for', {
    balanced: { step: after(t4_19.balanced!.step, (now, m) => withThread(now, { balancedOrder: m.thread.order })) },
  }),
  step5_9('boosts last', { balanced: { step: after(t5_9.balanced!.step, keepNode) } }),
  yield4_19('scans nothing that it does not reclaim', {
    shrink: { work: (k, m, turn) => v4_19.yields.shrink!.work(k, m, { ...turn, scanned: 0 }) },
  }),
];

export const laterLoop = [...sleeping, ...running];
