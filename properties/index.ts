import { accountingProperties } from './accounting.ts';
import { balanceProperties } from './balance.ts';
import { livenessProperties } from './liveness.ts';
import type { Property } from './property.ts';
import { requestProperties } from './requests.ts';
import { roundProperties } from './rounds.ts';
import { setupProperties } from './setup.ts';
import { sleepProperties } from './sleep.ts';
import { watermarkProperties } from './watermark.ts';

export * from './property.ts';
export * from './subjects.ts';
export { nodeInBalance } from './independent/balance.ts';
export { watermarkMet } from './independent/watermark.ts';
export { sleepBound } from './liveness.ts';

/** Everything that is promised, family by family. */
export const properties: readonly Property[] = [
  ...sleepProperties,
  ...balanceProperties,
  ...watermarkProperties,
  ...setupProperties,
  ...roundProperties,
  ...accountingProperties,
  ...requestProperties,
  ...livenessProperties,
];
