import type { Tree } from '../../../shrinkers/quantity.ts';

/** A part of a case that has fields. */
export type Branch = { readonly [key: string]: Tree };

export const isBranch = (tree: Tree | undefined): tree is Branch =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree);

export const listIn = (of: Branch, field: string): readonly Tree[] => {
  const list = of[field];
  return Array.isArray(list) ? (list as readonly Tree[]) : [];
};

/** The branch with another value in one field. */
export const withField = (of: Branch, field: string, value: Tree): Branch => ({ ...of, [field]: value });

/** The list with one item replaced. */
export const withItem = (list: readonly Tree[], index: number, item: Tree): readonly Tree[] =>
  list.map((old, i) => (i === index ? item : old));

/** The tree with every branch in it changed, the innermost first. */
export function mapBranches(tree: Tree, change: (branch: Branch, key: string) => Branch, key = ''): Tree {
  if (Array.isArray(tree)) return (tree as readonly Tree[]).map((item) => mapBranches(item, change, key));
  if (!isBranch(tree)) return tree;
  const made: Record<string, Tree> = {};
  for (const field in tree) made[field] = mapBranches(tree[field]!, change, field);
  return change(made, key);
}

/** The nodes of a case, wherever it has them. */
export const nodesOf = (given: Branch): readonly Branch[] =>
  (isBranch(given['node']) ? [given['node']] : listIn(given, 'nodes')) as readonly Branch[];

/** The case with another node in the place of one. */
export const withNode = (given: Branch, index: number, node: Branch): Branch =>
  isBranch(given['node'])
    ? withField(given, 'node', node)
    : withField(given, 'nodes', withItem(listIn(given, 'nodes'), index, node));
