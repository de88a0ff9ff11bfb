import type { Kernel } from '../../model/index.ts';
import { programPoints, type ProgramName } from '../programs.ts';

/** A point of a small-step machine, as the diagram shows it. */
export interface GraphNode {
  readonly id: string;
  /** What is waited for there; undefined where nothing is. */
  readonly waitsFor: string | undefined;
  /** Nothing leads on from there. */
  readonly ends: boolean;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** A machine as points and arrows, both in the order in which they are told. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly arrows: readonly Arrow[];
}

/** A kernel's program: all its points, and where each leads. */
export function programGraph(program: ProgramName, k: Kernel): Graph {
  const steps = program.stepsOf(k);
  const points = programPoints(program, k);
  return {
    nodes: points.map((id) => ({ id, waitsFor: steps[id]?.waitsFor, ends: id === program.end })),
    arrows: points.flatMap((from) => (steps[from]?.to ?? []).map((to) => ({ from, to }))),
  };
}

/** A part of a graph that is entered at one point and left at others. */
interface Part {
  readonly from: string;
  /** Where the part is left; what lies beyond is not of it. */
  readonly exit: string;
}

/** The points of the part. */
function pointsOfPart({ nodes, arrows }: Graph, { from, exit }: Part): ReadonlySet<string> {
  const ends = new Set(nodes.filter((node) => node.ends).map(({ id }) => id));
  const inside = new Set<string>();
  const visit = (id: string): void => {
    if (inside.has(id) || ends.has(id)) return;
    inside.add(id);
    if (id !== exit) for (const arrow of arrows) if (arrow.from === id) visit(arrow.to);
  };
  visit(from);
  return inside;
}

const unique = (arrows: readonly Arrow[]): readonly Arrow[] => [
  ...new Map(arrows.map((arrow) => [`${arrow.from} ${arrow.to}`, arrow])).values(),
];

/** The part by itself; all that its exit leads to is one box, called `beyond`. */
export function partOf(graph: Graph, part: Part, beyond: string): Graph {
  const inside = pointsOfPart(graph, part);
  const leads = (id: string): string => (inside.has(id) ? id : beyond);
  const own = graph.arrows.filter(({ from }) => inside.has(from));
  const arrows = unique(own.map(({ from, to }) => ({ from, to: from === part.exit ? leads(to) : to })));
  const shown = graph.nodes.filter(({ id }) => inside.has(id) || arrows.some(({ to }) => to === id));
  const entry = shown.filter(({ id }) => id === part.from);
  const rest = shown.filter(({ id }) => id !== part.from);
  return { nodes: [...entry, ...rest, { id: beyond, waitsFor: undefined, ends: true }], arrows };
}

/** The graph with the part as one box, called as its first point. */
export function withoutPart(graph: Graph, part: Part): Graph {
  const inside = pointsOfPart(graph, part);
  const leads = (id: string): string => (inside.has(id) ? part.from : id);
  const moved = graph.arrows.map(({ from, to }) => ({ from: leads(from), to: leads(to) }));
  return {
    nodes: graph.nodes.filter(({ id }) => leads(id) === id),
    arrows: unique(moved.filter(({ from, to }) => from !== to || !inside.has(from))),
  };
}
