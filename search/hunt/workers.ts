import type { Case } from '../../properties/index.ts';
import { Hunter } from './hunter.ts';
import type { Batch, BatchResult, Shrinking } from './task.ts';

/** Who runs the batches of a hunt, several at once or one after the other. */
export interface Workers {
  /** Tasks that are worked on at once. */
  readonly size: number;
  readonly run: (batch: Batch) => Promise<BatchResult>;
  readonly shrink: (shrinking: Shrinking) => Promise<Case>;
  /** Stops what is under way, and lets go of what was taken up. */
  readonly close: () => Promise<void>;
}

/** A task begins once those who wait for the last one have been heard. */
const soon = <T>(work: () => T): Promise<T> =>
  new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error as Error);
      }
    });
  });

/** This thread alone. */
export const thisThread = (hunter: Hunter): Workers => ({
  size: 1,
  run: (batch) => soon(() => hunter.run(batch)),
  shrink: (shrinking) => soon(() => hunter.shrink(shrinking)),
  close: () => Promise.resolve(),
});
