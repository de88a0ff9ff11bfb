import {
  rules as allocatorRulesOfV4_19,
  rounds,
  slow as slowOfV4_19,
  walk as walkOfV4_19,
} from './allocator/later/v4_19.ts';
import { rules as allocatorRulesOfV5_9, steps } from './allocator/later/v5_9.ts';
import { judging, taking, zonelistCache, zonelists } from './allocator/rules.ts';
import { reclaim as reclaimRounds, slow } from './allocator/slow.ts';
import { walk } from './allocator/walk.ts';
import { directSteps } from './direct/steps.ts';
import type { Fault } from './fault.ts';
import { laterLoop } from './kswapd/laterLoop.ts';
import { laterRules } from './kswapd/laterRules.ts';
import { loop } from './kswapd/loop.ts';
import { balance, compaction, reclaim, requests, watermarks } from './kswapd/rules.ts';
import { setup } from './kswapd/setup.ts';
import { whole } from './whole.ts';

export type { Fault } from './fault.ts';

/** kswapd, its rules and set-up: v4.0 but for one of them. */
export const kswapdFaults: readonly Fault[] = [
  ...watermarks,
  ...reclaim,
  ...compaction,
  ...balance,
  ...requests,
  ...setup,
  ...loop,
];

/** The same of v4.19 and v5.9. */
export const laterKswapdFaults: readonly Fault[] = [...laterRules, ...laterLoop];

/** Direct reclaim of v4.19 and v5.9. */
export const directFaults: readonly Fault[] = directSteps;

/** The page allocator: v4.0 but for one rule or step of it. */
export const allocatorFaults: readonly Fault[] = [
  ...judging,
  ...zonelists,
  ...zonelistCache,
  ...taking,
  ...walk,
  ...slow,
  ...reclaimRounds,
];

/** The same of v4.19 and v5.9. */
export const laterAllocatorFaults: readonly Fault[] = [
  ...allocatorRulesOfV4_19,
  ...walkOfV4_19,
  ...slowOfV4_19,
  ...rounds,
  ...allocatorRulesOfV5_9,
  ...steps,
];

/** What tasks and kswapds do to one another. */
export const machineFaults: readonly Fault[] = whole;
