import type { Case } from '../../properties/index.ts';
import type { BatchResult, Quarry } from '../../search/hunt/task.ts';
import type { Workers } from '../../search/hunt/workers.ts';
import { startThreads } from '../../search/threads.ts';
import type { WorkerTask } from './worker.ts';

/** So many threads that work on one hunt. */
export function threads(count: number, quarry: Quarry): Workers {
  const pool = startThreads(count, import.meta.url);
  const run = (task: WorkerTask): Promise<unknown> => pool.run(task);
  return {
    size: count,
    run: (batch) => run({ quarry, batch }) as Promise<BatchResult>,
    shrink: (shrinking) => run({ quarry, shrinking }) as Promise<Case>,
    close: () => pool.destroy(),
  };
}
