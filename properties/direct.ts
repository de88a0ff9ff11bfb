import { reserveProperties } from './direct/reserves.ts';
import { retryProperties } from './direct/retries.ts';
import { returnProperties } from './direct/returns.ts';
import { throttleProperties } from './direct/throttling.ts';
import { zoneProperties } from './direct/zones.ts';
import type { Property } from './property.ts';

/** What is promised of a task that has to free memory itself. */
export const directProperties: readonly Property[] = [
  ...throttleProperties,
  ...zoneProperties,
  ...returnProperties,
  ...retryProperties,
  ...reserveProperties,
];
