import { nrZones, type Kernel, type Machine } from '../../model/index.ts';
import { accountingProperties } from '../accounting.ts';
import { balanceProperties } from '../balance.ts';
import { byNodeProperties } from '../byNode.ts';
import { compactionProperties } from '../compaction.ts';
import { loopProperties } from '../loop.ts';
import { nodeInBalance } from '../independent/balance.ts';
import { isLater } from '../independent/machine.ts';
import { mayRest } from '../independent/node.ts';
import { EVERY_KERNEL, knownToFail, machineProperty, type Property, type StepProperty } from '../property.ts';
import { requestProperties } from '../requests.ts';
import { roundProperties } from '../rounds.ts';
import { sleepProperties } from '../sleep.ts';
import { balancing } from './steps.ts';

const isOfSteps = (property: Property): property is StepProperty => property.over === 'step';

/** What is promised of single steps of a kswapd. */
const OF_STEPS: readonly StepProperty[] = [
  ...sleepProperties,
  ...balanceProperties,
  ...compactionProperties,
  ...roundProperties,
  ...accountingProperties,
  ...requestProperties,
  ...loopProperties,
  ...byNodeProperties,
].filter(isOfSteps);

/** Those that hold in each of the kernels, by name. */
const holding = new Map<string, readonly StepProperty[]>();

function promisedOf({ base }: Kernel): readonly StepProperty[] {
  const known = holding.get(base);
  if (known !== undefined) return known;
  const promised = OF_STEPS.filter(({ verdicts }) => verdicts[base]?.holds === true);
  holding.set(base, promised);
  return promised;
}

const UNSEEN = (): undefined => undefined;

const keepsItsPromises = machineProperty({
  id: 'kswapds-of-a-machine-keep-their-promises',
  family: 'machine',
  title: 'Among others, a kswapd keeps every promise that it keeps alone',
  statement:
    'Every step of every kswapd of a machine is as is promised of single steps: how it sleeps, takes requests over, ' +
    'goes through its rounds, and what it counts.',
  keptFor: 'It carries the promises of one kswapd over to machines of several.',
  sources: ['v4.0 mm/vmscan.c kswapd', 'v4.19 mm/vmscan.c kswapd'],
  verdicts: EVERY_KERNEL,
  mustSee: { 'a run begins': 0.1, 'goes to sleep': 0.2, 'pages reclaimed': 0.1, 'several kswapds': 0.25 },
  check: (run, see) => {
    const { kernel } = run;
    const promised = promisedOf(kernel);
    let who = -1;
    for (const [i, { step, node }] of balancing(run)) {
      if (who >= 0 && node !== who) see('several kswapds');
      who = node;
      if (step.at === 'balancePgdat') see('a run begins');
      else if (step.at === 'shrink' && step.before.node !== step.after.node) see('pages reclaimed');
      else if (step.after.thread.at === 'sleep' && step.kind === 'transition') see('goes to sleep');
      for (const property of promised) {
        const failure = property.check({ kernel, step }, UNSEEN);
        if (failure !== undefined) return { clause: `${property.title}: ${failure.clause}`, step: i };
      }
    }
    return undefined;
  },
});

const LATER_UNREAD = knownToFail(
  'After a run that gave its order up kswapd tries to sleep at once, and reads no request before; nor does it ' +
    'after a nap that was cut short in its last moment. What tasks asked for meanwhile waits unread until one of ' +
    'them wakes kswapd again.',
  'LATENT-7',
);

/** Whether a kswapd may rest on the request that is pending; undefined if none is. */
function restsOnPending(k: Kernel, { system, node }: Machine): boolean | undefined {
  const { order, zoneIdx } = node.kswapd;
  if (isLater(k)) return zoneIdx === node.zones.length ? undefined : mayRest(system, node, order, zoneIdx);
  const none = order === 0 && zoneIdx >= nrZones(node) - 1;
  return none ? undefined : nodeInBalance(system, node, order, zoneIdx);
}

const sleepsOnNoRequest = machineProperty({
  id: 'no-request-of-a-task-is-slept-on',
  family: 'machine',
  title: 'No kswapd goes to sleep on a request that tasks made and that is not served',
  statement:
    'When a kswapd goes fully to sleep and a request is pending, its node is balanced for that order and index, or ' +
    'later past hope.',
  sources: ['v4.0 mm/vmscan.c kswapd', 'v4.19 mm/vmscan.c kswapd'],
  verdicts: {
    'v4.0': knownToFail(
      'A pending request is read only if the last run ended at no lower a zone and the same order as it was for. One ' +
        'that a task makes during another run waits unread, and kswapd sleeps by what it held before.',
      '81c5857b279e',
    ),
    'v4.19': LATER_UNREAD,
    'v5.9': LATER_UNREAD,
  },
  mustSee: { 'nothing is pending': 0.25, 'what is pending is served': 0.05 },
  check: (run, see) => {
    for (const [i, { step, node }] of balancing(run, 'recheckSleep')) {
      if (step.after.thread.at !== 'sleep') continue;
      const rests = restsOnPending(run.kernel, step.after);
      see(rests === undefined ? 'nothing is pending' : 'what is pending is served');
      if (rests !== false) continue;
      const { order, zoneIdx } = step.after.node.kswapd;
      return { clause: `kswapd ${node} sleeps, and order ${order} up to zone ${zoneIdx} is asked for`, step: i };
    }
    return undefined;
  },
});

/** What is promised of each kswapd. */
export const kswapdProperties: readonly Property[] = [keepsItsPromises, sleepsOnNoRequest];
