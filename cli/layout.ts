import { layoutOf, type Layout } from '../generators/index.ts';
import { readText } from '../kernel/files.ts';
import { readRealMachine } from '../kernel/zoneinfo/realMachine.ts';

/** The zones of a real machine: those of the first node that a /proc/zoneinfo shows with memory. */
export function layoutFromFile(path: string): Layout {
  const { nodes } = readRealMachine({ zoneinfo: { name: path, text: readText(path) } });
  return layoutOf(nodes[0]!);
}
