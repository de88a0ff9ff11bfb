import { Tinypool } from 'tinypool';
import type { Scope } from '../../kernel/schema/scope.ts';
import type { Machine } from '../../model/index.ts';
import type { ErrandResult, Helpers } from '../../search/explore/helpers.ts';
import { FROM_SOURCES, startsFromSources } from '../sources.ts';
import type { WorkerTask } from './worker.ts';

/** What every thread has to know of an exploration. */
export interface Explored {
  /** The kernel as it was asked for: a name, or a file. */
  readonly kernel: string;
  readonly scope: Scope;
  /** The ids of the properties of steps that are judged. */
  readonly properties: readonly string[];
}

/** Threads that help with an exploration, and how they are let go. */
export interface Threads extends Helpers<Machine> {
  readonly close: () => Promise<void>;
}

/** So many threads that expand states, while this one looks up what they led to. */
export function threads(count: number, explored: Explored): Threads {
  const pool = new Tinypool({
    filename: new URL(FROM_SOURCES ? './worker.ts' : './worker.js', import.meta.url).href,
    minThreads: count,
    maxThreads: count,
    ...(FROM_SOURCES ? { execArgv: [...startsFromSources()] } : {}),
  });
  return {
    size: count,
    expand: (errand) => pool.run({ explored, errand } satisfies WorkerTask) as Promise<ErrandResult<Machine>>,
    close: () => pool.destroy(),
  };
}
