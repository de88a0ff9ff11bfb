import type { Kernel } from '../../model/index.ts';
import { accountingProperties } from '../accounting.ts';
import { balanceProperties } from '../balance.ts';
import { byNodeProperties } from '../byNode.ts';
import { compactionProperties } from '../compaction.ts';
import { loopProperties } from '../loop.ts';
import { EVERY_KERNEL, machineProperty, type Property, type StepProperty } from '../property.ts';
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

/** What is promised of each kswapd. */
export const kswapdProperties: readonly Property[] = [keepsItsPromises];
