import { hasRule, type AllocNode, type Kernel, type ScenarioZone, type WholeScenario } from '../model/index.ts';
import { replaced, type Pass } from './case.ts';
import { ZONE_CHANGES } from './zoneChanges.ts';

/** Each populated zone of a node with a small change, which need not make it simpler. */
function* changedNodes(node: AllocNode, byNode: boolean): Generator<AllocNode> {
  for (const [i, zone] of node.zones.entries()) {
    if (zone.present === 0) continue;
    for (const change of ZONE_CHANGES) {
      const changed: ScenarioZone | undefined = change(zone, byNode);
      if (changed !== undefined) yield { ...node, zones: replaced(node.zones, i, changed) };
    }
  }
}

/** What a pass leaves out of a machine, and one zone is changed so that the rest may show the same. */
export const repairedWhole = (k: Kernel, pass: Pass<WholeScenario>): Pass<WholeScenario> =>
  function* (given) {
    const byNode = hasRule(k, 'shrinkNode');
    for (const less of pass(given)) {
      for (const [n, node] of less.nodes.entries()) {
        for (const changed of changedNodes(node, byNode)) yield { ...less, nodes: replaced(less.nodes, n, changed) };
      }
    }
  };
