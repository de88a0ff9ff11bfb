import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';
import type { Case } from '../../properties/index.ts';
import type { BatchResult, Quarry } from '../../search/hunt/task.ts';
import type { Workers } from '../../search/hunt/workers.ts';
import type { WorkerTask } from './worker.ts';

/** Whether this is a clone, which runs from its sources, or an installed package with built files. */
const FROM_SOURCES = import.meta.url.endsWith('.ts');

/** What a thread of its own needs before it can import the sources: the same as the command itself. */
function startsFromSources(): readonly string[] {
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const tsconfig = JSON.stringify(fileURLToPath(new URL('../../tsconfig.json', import.meta.url)));
  const code = `import { register } from ${tsx}; register({ tsconfig: ${tsconfig} });`;
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
}

/** So many threads that work on one hunt. */
export function threads(count: number, quarry: Quarry): Workers {
  const pool = new Tinypool({
    filename: new URL(FROM_SOURCES ? './worker.ts' : './worker.js', import.meta.url).href,
    minThreads: count,
    maxThreads: count,
    ...(FROM_SOURCES ? { execArgv: [...startsFromSources()] } : {}),
  });
  const run = (task: WorkerTask): Promise<unknown> => pool.run(task);
  return {
    size: count,
    run: (batch) => run({ quarry, batch }) as Promise<BatchResult>,
    shrink: (shrinking) => run({ quarry, shrinking }) as Promise<Case>,
    close: () => pool.destroy(),
  };
}
