import type { Scope } from '../../../kernel/schema/scope.ts';
import type { ScenarioNode, ScenarioZone, System } from '../../../model/index.ts';

type ScopeZone = Scope['zones'][number];

/** One way in which a machine of the scope may start. */
export interface Start {
  readonly system: System;
  readonly node: ScenarioNode;
}

/** Every way to choose one of each list. */
export function combinations<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (all, list) => all.flatMap((chosen) => list.map((one) => [...chosen, one])),
    [[]],
  );
}

function zonesOf(zone: ScopeZone): ScenarioZone[] {
  const { name, managed, watermark, lowmemReserve, free, file, anon, boost, scanned } = zone;
  return free.flatMap((blocks) =>
    combinations([file, anon, boost, scanned]).map(([inactiveFile, inactiveAnon, boosted, pagesScanned]) => ({
      name,
      present: Math.max(1, managed),
      managed,
      watermark,
      boost: boosted!,
      lowmemReserve,
      free: { movable: blocks },
      reservedHighatomic: 0,
      vmstatDrift: 0,
      percpuDriftMark: 0,
      lru: { inactiveAnon: inactiveAnon!, activeAnon: 0, inactiveFile: inactiveFile!, activeFile: 0 },
      pagesScanned: pagesScanned!,
      flags: [],
    })),
  );
}

/** Every start of a scope: all combinations of the values that it gives. */
export function startsOf({ system, zones, failures, pending }: Scope): readonly Start[] {
  const requests = pending ?? [{ order: 0, zoneIdx: zones.length - 1 }];
  return combinations(zones.map(zonesOf)).flatMap((chosen) =>
    failures.flatMap((count) =>
      requests.map(({ order, zoneIdx }) => ({
        system,
        node: { id: 0, zones: chosen, kswapd: { order, zoneIdx, failures: count } },
      })),
    ),
  );
}
