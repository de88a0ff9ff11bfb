import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';

/** Whether this is a clone, which runs from its sources, or an installed package with built files. */
const FROM_SOURCES = import.meta.url.endsWith('.ts');

/** What a thread of its own needs before it can import the sources: the same as the command itself. */
function startsFromSources(): string[] {
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const tsconfig = JSON.stringify(fileURLToPath(new URL('../tsconfig.json', import.meta.url)));
  const code = `import { register } from ${tsx}; register({ tsconfig: ${tsconfig} });`;
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
}

/** So many threads that run the `worker` beside the module with that URL. */
export const startThreads = (count: number, beside: string): Tinypool =>
  new Tinypool({
    filename: new URL(FROM_SOURCES ? './worker.ts' : './worker.js', beside).href,
    minThreads: count,
    maxThreads: count,
    ...(FROM_SOURCES ? { execArgv: startsFromSources() } : {}),
  });
