import type { Kernel } from '../model/index.ts';
import { partOf, programGraph, withoutPart, type Graph } from './diagram/graph.ts';
import { mermaid } from './diagram/mermaid.ts';
import { svg } from './diagram/svg.ts';
import { fenced, listed } from './markdown.ts';
import { ALLOCATOR, DIRECT_RECLAIM, LOOP } from './programs.ts';
import { KERNELS } from './versions.ts';

/** A diagram of the book. */
interface Picture {
  readonly path: string;
  readonly title: string;
  readonly graph: Graph;
}

/** One attempt of the page allocator: a walk over the zonelist. */
const ATTEMPT = { from: 'getPageFromFreelist', exit: 'endOfScan' } as const;

/** The box that stands for wherever an attempt that found nothing leads. */
const NOTHING_FOUND = 'nothingFound';

/** A kind of picture: where it lies, what it is called, and what it shows of a kernel. */
interface Kind {
  readonly path: (kernel: string) => string;
  readonly title: string;
  readonly graphOf: (k: Kernel) => Graph;
}

export const LOOP_PICTURE: Kind = {
  path: (kernel) => (kernel === KERNELS[0]?.name ? 'loop.svg' : `pictures/loop-${kernel}.svg`),
  title: 'The loop of kswapd',
  graphOf: (k) => programGraph(LOOP, k),
};

export const DIRECT_PICTURE: Kind = {
  path: (kernel) => `pictures/direct-reclaim-${kernel}.svg`,
  title: 'Direct reclaim',
  graphOf: (k) => programGraph(DIRECT_RECLAIM, k),
};

/** The walk over the zonelist. */
export const ATTEMPT_PICTURE: Kind = {
  path: (kernel) => `pictures/attempt-${kernel}.svg`,
  title: 'One attempt of the page allocator',
  graphOf: (k) => partOf(programGraph(ALLOCATOR, k), ATTEMPT, NOTHING_FOUND),
};

/** The way of a request from attempt to attempt. */
export const ALLOCATOR_PICTURE: Kind = {
  path: (kernel) => `pictures/allocator-${kernel}.svg`,
  title: 'The page allocator, from attempt to attempt',
  graphOf: (k) => withoutPart(programGraph(ALLOCATOR, k), ATTEMPT),
};

/** The pictures of some kernels; one for all whose pictures would be the same. */
function picturesOf({ path, title, graphOf }: Kind, kernels: readonly Kernel[]): readonly Picture[] {
  const same = new Map<string, readonly string[]>();
  const graphs = new Map<string, Graph>();
  for (const k of kernels) {
    const graph = graphOf(k);
    const key = JSON.stringify(graph);
    graphs.set(key, graph);
    same.set(key, [...(same.get(key) ?? []), k.name]);
  }
  return [...same].map(([key, names]) => ({
    path: path(names[0]!),
    title: `${title}, ${listed(names)}`,
    graph: graphs.get(key)!,
  }));
}

/** Every picture as a file. */
export const pictureFiles = (): readonly (readonly [path: string, svg: string])[] =>
  [LOOP_PICTURE, DIRECT_PICTURE, ATTEMPT_PICTURE, ALLOCATOR_PICTURE].flatMap((kind) =>
    picturesOf(kind, KERNELS).map(({ path, title, graph }) => [path, svg(title, graph)] as const),
  );

/** The pictures of some kernels on a page, each also as a Mermaid diagram, for code hosts that draw it. */
export const picturesText = (kind: Kind, kernels: readonly Kernel[]): readonly string[] =>
  picturesOf(kind, kernels).flatMap(({ path, title, graph }) => [
    kernels.length === 1 ? '' : `## ${title}`,
    `![${title}, as boxes and arrows; yellow hexagons are the points where it waits](${path})`,
    fenced('mermaid', mermaid(graph)),
  ]);
