import { describe, expect, test } from 'vitest';
import { keptLasso } from '../../book/lassos.ts';
import {
  hasRule,
  kernels,
  machineOf,
  watchScenario,
  watchWhole,
  zoneAtHand,
  type Kernel,
  type Machine,
  type Zone,
} from '../../model/index.ts';
import { allEventualProperties } from '../../properties/index.ts';
import { isWholeLasso, unrolled, type Lasso } from '../../search/explore/liveness/lasso.ts';

/** A pass of reclaim: the pages scanned, and no fewer of its file lists than the kernel scans at its priority. */
interface Pass {
  readonly scanned: number;
  readonly least: number;
}

const leastOf = (zones: readonly Zone[], priority: number): number =>
  zones.reduce((sum, { lru }) => sum + (lru.inactiveFile >> priority), 0);

function leastOfKswapd(k: Kernel, { node, thread }: Machine): number {
  const { balance, nodeBalance } = thread;
  if (!hasRule(k, 'shrinkNode')) return leastOf([node.zones[balance.zone]!], balance.priority);
  return leastOf(node.zones.slice(0, nodeBalance.reclaimIdx + 1), nodeBalance.priority);
}

function passesOf(k: Kernel, lasso: Lasso): readonly Pass[] {
  if (!isWholeLasso(lasso)) {
    return watchScenario(k, unrolled(lasso, 2)).steps.flatMap((step) =>
      step.kind === 'work' && step.at === 'shrink'
        ? [{ scanned: step.input.scanned ?? 0, least: leastOfKswapd(k, step.before) }]
        : [],
    );
  }
  return watchWhole(k, unrolled(lasso, 2)).steps.flatMap((one) => {
    if (one.of === 'kswapd' && one.step.kind === 'work' && one.step.at === 'shrink') {
      const least = leastOfKswapd(k, machineOf(one.before.memory, one.node));
      return [{ scanned: one.step.input.scanned ?? 0, least }];
    }
    if (one.of === 'direct' && one.step.kind === 'work' && one.step.at === 'shrink') {
      const { memory, task } = one.step.before;
      const [node, zone] = zoneAtHand(task);
      const least = leastOf([memory.pgdats[node]!.node.zones[zone]!], task.sc.priority);
      return [{ scanned: one.step.input.scanned ?? 0, least }];
    }
    return [];
  });
}

const kept = allEventualProperties.flatMap(({ id, verdicts }) =>
  Object.entries(verdicts).flatMap(([kernel, { holds }]) => (holds ? [] : [[kernel, id] as const])),
);

describe('the kept runs that go on for ever', () => {
  test.each(kept)('in %s scan no less than the kernel would: %s', (name, id) => {
    for (const { scanned, least } of passesOf(kernels[name]!, keptLasso(id, name)!)) {
      expect(scanned).toBeGreaterThanOrEqual(least);
    }
  });

  test('reclaim in vain here and there, so that there is something to be said', () => {
    const passes = kept.flatMap(([name, id]) => passesOf(kernels[name]!, keptLasso(id, name)!));
    expect(passes.some(({ scanned }) => scanned === 0)).toBe(true);
    expect(passes.length).toBeGreaterThan(20);
  });
});
