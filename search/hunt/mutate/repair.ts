import type { Case, CaseKind } from '../../../properties/index.ts';
import { caseSchemas, earlierCaseSchemas } from '../../savedCaseSchema.ts';
import { hasRule, type Kernel } from '../../../model/index.ts';
import { faultsOf, isWellFormed } from '../../../shrinkers/legal.ts';
import type { Tree } from '../../../shrinkers/quantity.ts';
import { isBranch, listIn, mapBranches, withField, type Branch } from './tree.ts';

/** Turns past its script that a run of kswapd is given, as drawn ones are. */
const TURNS_PAST_SCRIPT = 24;

const below = (value: Tree, count: number): Tree =>
  typeof value === 'number' && value >= count ? value % Math.max(1, count) : value;

interface Counts {
  readonly zones: number;
  readonly nodes: number;
  readonly tasks: number;
}

function countsOf(given: Branch): Counts {
  const nodes = isBranch(given['node']) ? [given['node']] : listIn(given, 'nodes');
  const [first] = nodes;
  const zones = isBranch(first) ? listIn(first, 'zones').length : 0;
  return { zones, nodes: nodes.length, tasks: listIn(given, 'tasks').length };
}

/** A branch whose places are those of parts that are there. */
function placed(branch: Branch, { zones, nodes, tasks }: Counts): Branch {
  let made = branch;
  const keep = (field: string, count: number): void => {
    const value = made[field];
    if (typeof value === 'number' && value >= count) made = withField(made, field, below(value, count));
  };
  keep('zone', zones);
  keep('zoneIdx', zones);
  keep('task', tasks);
  keep('kswapd', nodes);
  if (nodes > 0) keep('node', nodes);
  const { reclaimed, from, to } = made;
  if (Array.isArray(reclaimed) && reclaimed.length > zones) {
    made = withField(made, 'reclaimed', (reclaimed as readonly Tree[]).slice(0, zones));
  }
  if (typeof from === 'number' && typeof to === 'number' && from > to) {
    made = withField(withField(made, 'from', to), 'to', from);
  }
  return made;
}

/** The script with every place in it one that the case has, and the run cut off as long after it as before. */
export function repaired(given: Branch, parent: Branch, kind: CaseKind): Branch {
  const counts = countsOf(given);
  const fix = (tree: Tree): Tree => mapBranches(tree, (branch) => placed(branch, counts));
  let made = given;
  for (const field of ['script', 'tasks', 'args']) {
    if (made[field] !== undefined) made = withField(made, field, fix(made[field]));
  }
  if (kind !== 'scenario' && kind !== 'machine') return made;
  const { limit } = parent;
  const longer = listIn(made, 'script').length - listIn(parent, 'script').length;
  const room = kind === 'scenario' ? listIn(made, 'script').length + TURNS_PAST_SCRIPT : Number(limit) + longer;
  return withField(made, 'limit', Math.max(1, room));
}

/** Whether a changed case is one that a machine of the kernel could meet as well as the one it came from. */
export function isAsLegal(given: Case, parent: Case, kind: CaseKind, kernel: Kernel): boolean {
  const schemas = hasRule(kernel, 'shrinkNode') ? caseSchemas : earlierCaseSchemas;
  if (!schemas[kind].safeParse(given).success) return false;
  return isWellFormed(given, kernel) && faultsOf(given, kernel) <= faultsOf(parent, kernel);
}
