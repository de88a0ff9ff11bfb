import type { AnyScope } from '../../kernel/schema/wholeScope.ts';
import type { ErrandResult, Helpers } from '../../search/explore/helpers.ts';
import { startThreads } from '../../search/threads.ts';
import type { WorkerTask } from './worker.ts';

/** What every thread has to know of an exploration. */
export interface Explored {
  /** The kernel as it was asked for: a name, or a file. */
  readonly kernel: string;
  readonly scope: AnyScope;
  /** The ids of the properties that are judged on the way. */
  readonly properties: readonly string[];
}

/** Threads that help with an exploration, and how they are let go. */
export interface Threads extends Helpers<never> {
  readonly close: () => Promise<void>;
}

/** So many threads that expand states, while this one looks up what they led to. */
export function threads(count: number, explored: Explored): Threads {
  const pool = startThreads(count, import.meta.url);
  return {
    size: count,
    expand: (errand) => pool.run({ explored, errand } satisfies WorkerTask) as Promise<ErrandResult<never>>,
    close: () => pool.destroy(),
  };
}
