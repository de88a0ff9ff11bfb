/** A graph in layers: first step of drawing it. */

/** An edge between neighbouring layers, from the upper to the lower one, by place in the layers' lists. */
export interface Piece {
  readonly upper: string;
  readonly lower: string;
}

/** An edge of the graph as the chain of places that it passes, from its upper end to its lower one. */
export interface Chain {
  readonly from: string;
  readonly to: string;
  /** The two ends and, between them, a bend in each layer that it crosses; top to bottom. */
  readonly places: readonly string[];
  /** The edge leads upwards: its arrow stands at the chain's upper end. */
  readonly upwards: boolean;
}

export interface Layered {
  readonly layers: readonly (readonly string[])[];
  readonly chains: readonly Chain[];
}

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** Edges that lead back to a node from which their start was reached, found depth first. */
function edgesBack(nodes: readonly string[], edges: readonly Edge[]): ReadonlySet<Edge> {
  const back = new Set<Edge>();
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (node: string): void => {
    open.add(node);
    for (const edge of edges) {
      if (edge.from !== node) continue;
      if (open.has(edge.to)) back.add(edge);
      else if (!done.has(edge.to)) visit(edge.to);
    }
    open.delete(node);
    done.add(node);
  };
  for (const node of nodes) if (!done.has(node)) visit(node);
  return back;
}

/** Layers by the longest way from the top, and every edge as a chain through the layers. */
export function inLayers(nodes: readonly string[], edges: readonly Edge[]): Layered {
  const back = edgesBack(nodes, edges);
  const down = edges.map((edge) => (back.has(edge) ? { from: edge.to, to: edge.from } : edge));
  const depth = new Map(nodes.map((node) => [node, 0]));
  for (let pass = 0; pass < nodes.length; pass++) {
    for (const { from, to } of down) depth.set(to, Math.max(depth.get(to)!, depth.get(from)! + 1));
  }

  const layers: string[][] = [];
  const put = (place: string, layer: number): void => void (layers[layer] ??= []).push(place);
  for (const node of nodes) put(node, depth.get(node)!);
  const chains = down.map(({ from: upper, to: lower }, i): Chain => {
    const bends: string[] = [];
    for (let layer = depth.get(upper)! + 1; layer < depth.get(lower)!; layer++) {
      const bend = `${i} ${layer}`;
      put(bend, layer);
      bends.push(bend);
    }
    const { from, to } = edges[i]!;
    return { from, to, places: [upper, ...bends, lower], upwards: back.has(edges[i]!) };
  });
  return { layers, chains };
}

/** The chains cut into pieces between neighbouring layers. */
export const piecesOf = (chains: readonly Chain[]): readonly Piece[] =>
  chains.flatMap(({ places }) => places.slice(1).map((lower, i) => ({ upper: places[i]!, lower })));
