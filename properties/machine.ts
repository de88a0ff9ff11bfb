import { allocationProperties } from './machine/allocations.ts';
import { restProperties } from './machine/rest.ts';
import { wholeProperties } from './machine/whole.ts';
import type { Property } from './property.ts';

/** What is promised of a whole machine: its nodes, their kswapds, and the tasks that allocate. */
export const machineProperties: readonly Property[] = [...allocationProperties, ...wholeProperties, ...restProperties];
