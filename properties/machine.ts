import { allocationProperties } from './machine/allocations.ts';
import { depthProperties } from './machine/depth.ts';
import { directReclaimProperties } from './machine/directReclaim.ts';
import { fragmentationProperties } from './machine/fragmentation.ts';
import { hopelessMachineProperties } from './machine/hopeless.ts';
import { kswapdProperties } from './machine/kswapds.ts';
import { localityProperties } from './machine/locality.ts';
import { restProperties } from './machine/rest.ts';
import { shareProperties } from './machine/shares.ts';
import { throttledProperties } from './machine/throttled.ts';
import { wakeupProperties } from './machine/wakeups.ts';
import { wholeProperties } from './machine/whole.ts';
import type { Property } from './property.ts';

/** What is promised of a whole machine: its nodes, their kswapds, and the tasks that allocate. */
export const machineProperties: readonly Property[] = [
  ...allocationProperties,
  ...localityProperties,
  ...shareProperties,
  ...depthProperties,
  ...fragmentationProperties,
  ...wakeupProperties,
  ...throttledProperties,
  ...directReclaimProperties,
  ...hopelessMachineProperties,
  ...kswapdProperties,
  ...wholeProperties,
  ...restProperties,
];
