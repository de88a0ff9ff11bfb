import { hasRule, nrZones } from '../../model/index.ts';
import { EVERY_KERNEL, everywhere, knownToFail, runProperty, stepProperty, type Property } from '../property.ts';
import { everyLater, LATER } from './verdicts.ts';
import { recordOf, saw } from './steps.ts';

const LOOP = 'v4.19 mm/vmscan.c kswapd';

const readsWithoutForgetting = stepProperty({
  id: 'a-request-is-read-before-it-is-taken',
  family: 'loop',
  title: 'kswapd reads a request before sleep, and takes it over after',
  statement:
    'At the head of its loop kswapd reads the pending order and index, and leaves them pending; nothing asked ' +
    'leaves it at its index, and up to v5.2 a lower index does too. Before its first round it forgets what was ' +
    'asked.',
  keptFor: 'It says when a request is read, where others say what becomes of it.',
  sources: [LOOP],
  verdicts: LATER,
  mustSee: { 'a request': 0.1, 'nothing asked': 0.1 },
  check: ({ kernel: k, step }, see) => {
    const { node, thread } = step.before;
    const none = node.zones.length;
    if (step.at === 'startKswapd') {
      const { order, zoneIdx } = step.after.node.kswapd;
      return order === 0 && zoneIdx === none ? undefined : { clause: `${order}, ${zoneIdx} is pending at the start` };
    }
    if (step.at !== 'readRequest') return undefined;
    const { order, zoneIdx } = node.kswapd;
    see(zoneIdx === none ? 'nothing asked' : 'a request');
    if (step.after.node !== node) return { clause: 'reading the request changes the node' };
    const keeps = zoneIdx === none || (k.base === 'v4.19' && zoneIdx < thread.classzoneIdx);
    const want = keeps ? thread.classzoneIdx : zoneIdx;
    const after = step.after.thread;
    if (after.order === order && after.balancedOrder === order && after.classzoneIdx === want) return undefined;
    return { clause: `kswapd reads order ${after.order}, index ${after.classzoneIdx} of ${order}, ${zoneIdx}` };
  },
});

const takenOverWhole = stepProperty({
  id: 'a-request-is-taken-over-and-reset',
  family: 'loop',
  title: 'kswapd takes a request over whole, and nothing is pending then',
  statement:
    'After an attempt to sleep the pending order and index become kswapd’s own, and order 0 and no index are ' +
    'pending; the run that begins is for what kswapd holds.',
  sources: [LOOP],
  verdicts: LATER,
  mustSee: { 'a request': 0.1, 'a high order': 0.05, 'a run begins': 0.3 },
  check: ({ step }, see) => {
    const { before, after } = step;
    if (step.at === 'wake') {
      see('a run begins');
      const { order, classzoneIdx } = before.thread;
      const record = recordOf(step, 'wake');
      const run = after.thread.order === order && after.thread.classzoneIdx === classzoneIdx;
      if (run && record?.order === order && record.zoneIdx === classzoneIdx) return undefined;
      return { clause: `kswapd holds order ${order} up to ${classzoneIdx}, and balances for another` };
    }
    if (step.at !== 'takeRequest') return undefined;
    const { order, zoneIdx } = before.node.kswapd;
    const none = before.node.zones.length;
    if (zoneIdx !== none) see('a request');
    if (order > 0) see('a high order');
    const { kswapd } = after.node;
    if (kswapd.order !== 0 || kswapd.zoneIdx !== none) return { clause: 'the request is still pending' };
    const taken = after.thread.order === order && (zoneIdx === none || after.thread.classzoneIdx === zoneIdx);
    return taken ? undefined : { clause: `${order}, ${zoneIdx} is pending, and kswapd takes ${after.thread.order}` };
  },
});

const retriesSleep = stepProperty({
  id: 'a-lower-order-is-slept-on',
  family: 'loop',
  title: 'A run that ended at a lower order is followed by an attempt to sleep on it',
  statement:
    'After a run kswapd tries to sleep at once exactly if the run ended at a lower order than it was for, still for ' +
    'its order and index; otherwise it reads the pending request.',
  keptFor: 'It says what comes of an order that was given up, which the rule for the order does not.',
  sources: [LOOP],
  verdicts: LATER,
  mustSee: { lower: 0.05, same: 0.2 },
  check: ({ step }, see) => {
    if (step.at !== 'checkOrder') return undefined;
    const { order, balancedOrder, classzoneIdx } = step.before.thread;
    const lower = balancedOrder < order;
    see(lower ? 'lower' : 'same');
    const after = step.after.thread;
    const want = lower ? 'kswapdTryToSleep' : 'readRequest';
    if (after.at !== want) return { clause: `kswapd goes on at ${after.at} instead of ${want}` };
    const kept = after.order === order && after.balancedOrder === balancedOrder && after.classzoneIdx === classzoneIdx;
    return kept && step.after.node === step.before.node ? undefined : { clause: 'kswapd turns to something else' };
  },
});

const endsAsTold = stepProperty({
  id: 'a-round-ends-as-it-is-told',
  family: 'loop',
  title: 'After shrinking, the freezer or a stop ends the run',
  statement:
    'After the node was shrunk throttled tasks are let go if a task may reclaim directly as things are; then kswapd ' +
    'stands still if the freezer asks, and goes on with the next round exactly if neither freezer nor stop came.',
  sources: ['v4.19 mm/vmscan.c balance_pgdat'],
  verdicts: LATER,
  mustSee: { frozen: 0.02, 'told to stop': 0.002, 'tasks let go': 0.02, 'goes on': 0.3 },
  check: ({ kernel: k, step }, see) => {
    if (step.at !== 'endRound') return undefined;
    const { freezing, shouldStop, throttled } = step.before.waits;
    see(freezing ? 'frozen' : shouldStop ? 'told to stop' : 'goes on');
    const letGo = throttled > 0 && k.allowDirectReclaim(k, step.before).ok;
    if (letGo) see('tasks let go');
    const { waits, thread } = step.after;
    if (saw(step, 'pfmemalloc_wake') !== letGo || waits.throttled !== (letGo ? 0 : throttled)) {
      return { clause: `${throttled} tasks wait, and ${waits.throttled} do after the round` };
    }
    if (saw(step, 'frozen') !== freezing || waits.freezing) return { clause: `the freezer asks: ${freezing}` };
    const want = freezing || shouldStop ? 'countFailure' : 'nextRound';
    return thread.at === want ? undefined : { clause: `kswapd goes on at ${thread.at} instead of ${want}` };
  },
});

const startsWithAllZones = runProperty({
  id: 'kswapd-starts-with-every-zone-in-mind',
  family: 'loop',
  title: 'kswapd starts with order 0 and every zone in mind',
  statement:
    'As its thread function begins, kswapd serves order 0 up to the highest zone (in v4.0, the highest populated ' +
    'one), and judges its first sleep by that.',
  sources: ['v4.0 mm/vmscan.c kswapd', LOOP],
  verdicts: EVERY_KERNEL,
  spans: 'no step at all, but where runs start',
  mustSee: { 'several zones': 0.3 },
  check: ({ kernel: k, start: { node, thread } }, see) => {
    const top = (hasRule(k, 'shrinkNode') ? node.zones.length : nrZones(node)) - 1;
    if (top > 0) see('several zones');
    const indices = [thread.classzoneIdx, thread.balancedClasszoneIdx];
    if (thread.order === 0 && thread.balancedOrder === 0 && indices.every((zoneIdx) => zoneIdx === top))
      return undefined;
    return { clause: `kswapd starts at order ${thread.order} and zone indices ${indices.join(' and ')}` };
  },
});

const STOP_WAITS = knownToFail(
  'kswapd asks the freezer first, and finds out that it was told to stop only when it is thawed: whoever stops it, ' +
    'as when memory is removed, waits for the thaw.',
  'kswapd-freezable-stop',
);

const stopBeforeFreezer = stepProperty({
  id: 'a-stop-does-not-wait-for-the-thaw',
  family: 'loop',
  title: 'A stop does not wait for the thaw',
  statement: 'A kswapd that was told to stop never stands still for the freezer.',
  sources: ['v4.0 mm/vmscan.c kswapd', LOOP],
  verdicts: everywhere(STOP_WAITS),
  mustSee: { 'told to stop': 0.01 },
  check: ({ step }, see) => {
    if (!step.before.waits.shouldStop) return undefined;
    see('told to stop');
    return saw(step, 'frozen') ? { clause: 'kswapd stands still for the freezer, told to stop' } : undefined;
  },
});

const highOrdersAskForLittle = stepProperty({
  id: 'a-high-order-asks-for-little',
  family: 'rounds',
  title: 'A node that has enough is asked for no more than a high order needs',
  statement:
    'When a node is shrunk for a high order though order 0 would be served, it is asked for at most twice the size ' +
    'of the order.',
  sources: ['v4.19 mm/vmscan.c kswapd_shrink_node'],
  verdicts: everyLater(
    knownToFail(
      'The node is asked for the sum of its high marks whatever it has. Only afterwards is the order given up, so ' +
        'that each such request may cost as many pages as the marks come to.',
      'rfc-pgdat-balanced-2026',
    ),
  ),
  mustSee: { 'a high order': 0.05 },
  check: ({ kernel: k, step }, see) => {
    const shrunk = recordOf(step, 'shrink');
    if (shrunk === undefined || shrunk.order === 0) return undefined;
    see('a high order');
    const { system, node, thread } = step.before;
    if (!k.pgdatBalanced(k, system, node, 0, thread.classzoneIdx)) return undefined;
    const most = 2 * 2 ** shrunk.order;
    if (shrunk.nrToReclaim <= most) return undefined;
    return { clause: `${shrunk.nrToReclaim} pages are asked for, and ${most} would give the order up` };
  },
});

/** kswapd’s way from point to point from v4.8 on, and what all kernels do when told to stop. */
export const nodeLoopProperties: readonly Property[] = [
  readsWithoutForgetting,
  takenOverWhole,
  retriesSleep,
  endsAsTold,
  startsWithAllZones,
  stopBeforeFreezer,
  highOrdersAskForLittle,
];
