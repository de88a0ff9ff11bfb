import fc from 'fast-check';
import { mebibytes, type System } from '../model/index.ts';
import { record } from './record.ts';

/** What lies outside the node: half of the systems have swap, most have compaction and the usual threshold. */
export const arbitrarySystem: fc.Arbitrary<System> = record({
  swapPages: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: mebibytes(8192) })),
  bufferHeadsOverLimit: fc.constantFrom(false, false, false, false, true),
  compaction: fc.constantFrom(false, true, true, true),
  cma: fc.boolean(),
  extfragThreshold: fc.oneof(fc.constant(500), fc.integer({ min: 0, max: 1000 })),
  laptopMode: fc.constantFrom(false, false, false, true),
});
