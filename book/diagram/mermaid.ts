import type { Graph } from './graph.ts';

/** A machine in Mermaid's language. Yield points are hexagons that say what is waited for. */
export function mermaid({ nodes, arrows }: Graph): string {
  const shown = nodes.map(({ id, waitsFor, ends }) => {
    if (waitsFor !== undefined) return `  ${id}{{"${id}<br/>waits for ${waitsFor}"}}:::waits`;
    if (ends) return `  ${id}(["${id}"]):::ends`;
    return `  ${id}["${id}"]${id === nodes[0]?.id ? ':::begins' : ''}`;
  });
  return [
    'flowchart TD',
    ...shown,
    ...arrows.map(({ from, to }) => `  ${from} --> ${to}`),
    '  classDef waits fill:#fff3d6,stroke:#b26a00,color:#222',
    '  classDef begins stroke-width:3px',
    '  classDef ends fill:#eee,stroke:#666,color:#222',
  ].join('\n');
}
