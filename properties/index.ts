import { accountingProperties } from './accounting.ts';
import { afterRunProperties } from './afterRuns.ts';
import { balanceProperties } from './balance.ts';
import { byNodeProperties } from './byNode.ts';
import { compactionProperties } from './compaction.ts';
import { directProperties } from './direct.ts';
import { formulaProperties } from './formulas.ts';
import { givingUpProperties } from './givingUp.ts';
import { livenessProperties } from './liveness.ts';
import { loopProperties } from './loop.ts';
import { machineProperties } from './machine.ts';
import type { Property } from './property.ts';
import { requestProperties } from './requests.ts';
import { roundProperties } from './rounds.ts';
import { servedRequestProperties } from './servedRequests.ts';
import { setupProperties } from './setup.ts';
import { setAsideProperties } from './setAside.ts';
import { slowPathProperties } from './slowPath.ts';
import { sleepProperties } from './sleep.ts';
import { soundSleepProperties } from './soundSleep.ts';
import { wakeupProperties } from './wakeup.ts';
import { watermarkProperties } from './watermark.ts';

export * from './eventually.ts';
export * from './machine/eventually.ts';
export * from './property.ts';
export * from './subjects.ts';
export { nodeInBalance } from './independent/balance.ts';
export { watermarkMet } from './independent/watermark.ts';
export { sleepBound } from './quiet.ts';

/** Everything that is promised, family by family. */
export const properties: readonly Property[] = [
  ...sleepProperties,
  ...balanceProperties,
  ...compactionProperties,
  ...watermarkProperties,
  ...setupProperties,
  ...formulaProperties,
  ...roundProperties,
  ...accountingProperties,
  ...requestProperties,
  ...wakeupProperties,
  ...loopProperties,
  ...livenessProperties,
  ...afterRunProperties,
  ...byNodeProperties,
  ...givingUpProperties,
  ...servedRequestProperties,
  ...soundSleepProperties,
  ...directProperties,
  ...machineProperties,
  ...slowPathProperties,
  ...setAsideProperties,
];
