import { allocationProperties } from './allocations.ts';
import type { MachineProperty } from './property.ts';
import { wholeProperties } from './whole.ts';

export { judgeMachine, type MachineProperty } from './property.ts';

/** Everything that is promised of whole machines. */
export const machineProperties: readonly MachineProperty[] = [...allocationProperties, ...wholeProperties];
