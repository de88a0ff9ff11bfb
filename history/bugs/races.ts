import {
  deriveKernel,
  v4_19,
  v5_9,
  withNode,
  withRequest,
  withThread,
  type Kernel,
  type Loop,
  type Machine,
  type Outcome,
  type Transition,
} from '../../model/index.ts';
import type { Bug } from '../bug.ts';

/** What kswapd's newOrder, which later kernels have no use for, says while a request was read and is not reset yet. */
const READ = 1;

/** And from here on: a waker stores this order, less this, after the reset. */
const STORES = 2;

const withMark = (m: Machine, newOrder: number, newClasszoneIdx = 0): Machine =>
  withThread(m, { ...m.thread, newOrder, newClasszoneIdx });

/** What becomes of the pending request when it is reset at last. */
type Reset = (m: Machine) => Machine;

/**
 * kswapd reads the pending request where it always did, and resets it only after the first round of its run, or when
 * the run ends without one: the few instructions that lie between the two are as long as a round.
 */
function resetsLate({ transitions }: Kernel, reset: Reset): Loop['transitions'] {
  const { takeRequest, finishShrink, balanced } = transitions;
  const thenResets = (transition: Transition): Transition => ({
    ...transition,
    step: (k, m) => {
      const { machine, records } = transition.step(k, m);
      return { machine: machine.thread.newOrder < READ ? machine : withMark(reset(machine), 0), records };
    },
  });
  const reads: Transition = {
    ...takeRequest!,
    step: (k, m) => {
      const { machine, records } = takeRequest!.step(k, m);
      return { machine: withMark(withNode(machine, m.node), READ), records };
    },
  };
  return { takeRequest: reads, finishShrink: thenResets(finishShrink!), balanced: thenResets(balanced!) };
}

const pending = (m: Machine, order: number, zoneIdx: number): Machine =>
  withNode(m, withRequest(m.node, order, zoneIdx));

const forget: Reset = (m) => pending(m, 0, m.node.zones.length);

/**
 * v4.19 whose wakers look whether a request is pending before a reset, and store theirs after it. One that saw a
 * request looks again to raise it, and takes the none that is there by then for the highest index.
 */
const withTwoLooks = deriveKernel(v4_19, {
  name: 'v4.19, but wakers read the pending index twice, with a reset between',
  transitions: resetsLate(v4_19, (m) => {
    const { newOrder, newClasszoneIdx } = m.thread;
    return newOrder < STORES ? forget(m) : pending(m, newOrder - STORES, newClasszoneIdx);
  }),
  wakeupKswapd: (k, m, zone, order, zoneIdx, directReclaim): Outcome => {
    const { machine, records } = v4_19.wakeupKswapd(k, m, zone, order, zoneIdx, directReclaim);
    const { newOrder } = m.thread;
    if (newOrder < READ || machine.node === m.node) return { machine, records };
    const none = m.node.zones.length;
    const stored = m.node.kswapd.zoneIdx === none ? zoneIdx : none;
    return { machine: withMark(machine, STORES + Math.max(newOrder - STORES, order), stored), records };
  },
});

/** Races between tasks that ask and kswapd that takes what they ask. */
export const raceBugs: readonly Bug[] = [
  {
    id: 'LATENT-5',
    title: 'a request that comes while kswapd takes one over can be overwritten',
    landed: 'open',
    kind: 'lost request',
    status: 'latent',
    story:
      'kswapd reads the pending order and index and then resets them. A waker that writes in between is ' +
      'overwritten, and since kswapd is awake it is not woken either. The specified kernels take a request over in ' +
      'one step, as one exchange would; here the reset comes a round after the read, so that others may act in ' +
      'between.',
    faulty: deriveKernel(v5_9, {
      name: 'v5.9, but requests are reset some time after they are read',
      transitions: resetsLate(v5_9, forget),
    }),
    fixed: v5_9,
    property: 'a-request-stays-pending-until-it-is-held',
  },
  {
    id: '5644e1fbbfe1',
    title: 'several wakers could leave an index that nobody had asked for',
    landed: '5.7',
    kind: 'lost request',
    status: 'bug',
    story:
      'A waker read the pending index twice: to see whether there is one, and to raise it. kswapd might reset it in ' +
      'between, and the higher of none and its own is the index that stands for none: an order was pending without ' +
      'zones. The index is read once since. Here the reset comes a round after the read, and who asks in between ' +
      'stores after it; the specified kernel does each in one step.',
    faulty: withTwoLooks,
    fixed: v4_19,
    property: 'a-request-stays-pending-until-it-is-held',
  },
];
