import type { Chunk, Expansion } from './expander.ts';
import type { MarkLine } from './marks.ts';
import type { Shape } from './packing/shape.ts';
import type { Search } from './search.ts';

/** A chunk to be expanded elsewhere. */
export interface Errand {
  readonly shape: Shape;
  /** Grows with every other shape, so that it needs to be looked at only then. */
  readonly version: number;
  readonly chunk: Chunk;
}

/** What came of it, and what was marked meanwhile. */
export interface ErrandResult<S> {
  readonly expansion: Expansion<S>;
  readonly marks: readonly MarkLine[];
}

/** Who expands states beside this thread, several chunks at once. */
export interface Helpers<S> {
  /** Chunks that are worked on at once. */
  readonly size: number;
  readonly expand: (errand: Errand) => Promise<ErrandResult<S>>;
}

/** States in a chunk: so many that sending them costs little beside expanding them. */
const CHUNK = 256;
/** With fewer to be expanded, this thread does it by itself. */
const FEW = 64;

/**
 * Searches on, with helpers that expand states while this thread looks up what they led to. Chunks are taken in in the
 * order of their states, so that all is numbered and counted as if one thread had done it.
 */
export async function searchWith<S, M>(
  search: Search<S, M>,
  helpers: Helpers<S>,
  onMarks: (lines: readonly MarkLine[]) => void,
  goOn: () => boolean,
): Promise<void> {
  let version = 0;
  let ahead = 0;
  let underWay: { readonly chunk: Chunk; readonly result: Promise<ErrandResult<S>> }[] = [];
  const settle = async (): Promise<void> => {
    await Promise.allSettled(underWay.map(({ result }) => result));
    underWay = [];
    ahead = 0;
  };
  try {
    while (goOn()) {
      while (underWay.length < helpers.size * 2 && search.counts.queue - ahead >= (ahead === 0 ? FEW : CHUNK)) {
        const chunk = search.chunk(ahead, CHUNK);
        const result = helpers.expand({ shape: search.shape, version, chunk });
        // A failure is told when its turn comes.
        result.catch(() => {});
        underWay.push({ chunk, result });
        ahead += chunk.count;
      }
      const next = underWay.shift();
      if (next === undefined) {
        if (!search.step()) return;
        continue;
      }
      const { expansion, marks } = await next.result;
      if ('odd' in expansion) {
        await settle();
        search.widen(expansion.odd);
        version++;
        continue;
      }
      search.merge(next.chunk, expansion);
      ahead -= next.chunk.count;
      onMarks(marks);
    }
  } finally {
    await settle();
  }
}
