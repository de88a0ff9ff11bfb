import { nrZones, withFailures, zonePageState, type Kernel, type Node, type System } from '../../model/index.ts';
import type { Asked, JudgedZone, Share, ZoneReason } from './balanceForm.ts';
import { formOf } from './formOf.ts';
import { leastChange, type LeastChange } from './leastChange.ts';
import { hasGivenUp, wouldSleep } from './sleep.ts';

/** A zone's marks as the kernel's rules read them: with the boost, where there is such a thing. In pages. */
export interface Marks {
  readonly min: number;
  readonly low: number;
  readonly high: number;
}

export interface ZoneAnswer extends JudgedZone, ZoneReason {
  readonly index: number;
  /** The cheap counter of free pages. */
  readonly freePages: number;
  readonly marks: Marks;
  /** The lowmem reserve that enters: that of the index which the zone is asked at. In pages. */
  readonly reserve: number;
}

/** Whether kswapd of a node would sleep, and why. */
export interface NodeAnswer {
  readonly id: number;
  readonly order: number;
  readonly zoneIdx: number;
  readonly sleeps: boolean;
  /** kswapd sleeps whatever the balance: so many runs in a row were in vain; 0: it has not given up. */
  readonly gaveUpAfter: number;
  readonly zones: readonly ZoneAnswer[];
  /** Absent where pages are not added up: for order 0, and in kernels where one zone is enough. */
  readonly share: Share | undefined;
  /** The kernel's own rules answer otherwise than the clauses add up to: they are a user's. */
  readonly departs: boolean;
  readonly change: LeastChange | undefined;
  /** Why so, in words, if kswapd sleeps; else what is said before the zones' reasons. */
  readonly because: string;
  /** Why no allocation would keep it awake, if none would. */
  readonly noAllocation: string;
}

/** Asks the kernel's rules whether kswapd would sleep, and takes the answer apart. */
export function explainNode(
  k: Kernel,
  system: System,
  node: Node,
  order: number,
  zoneIdx = nrZones(node) - 1,
): NodeAnswer {
  const form = formOf(k);
  const asked: Asked = { k, system, order, zoneIdx };
  const zones = node.zones.slice(0, zoneIdx + 1).map((zone, index): ZoneAnswer => {
    const { verdict, clauses, departs } = form.reasonOf(asked, zone, index);
    return {
      index,
      zone,
      freePages: zonePageState(zone),
      marks: { min: k.minWmarkPages(k, zone), low: k.lowWmarkPages(k, zone), high: k.highWmarkPages(k, zone) },
      reserve: zone.lowmemReserve[form.askedAt(asked, index)]!,
      verdict,
      clauses,
      departs,
    };
  });
  const share = form.shareOf(zones, order);
  const addsUp = form.addsUp(zones, share);
  const hopeful = withFailures(node, node.zones, 0);
  return {
    id: node.id,
    order,
    zoneIdx,
    sleeps: wouldSleep(k, system, node, order, zoneIdx),
    gaveUpAfter: hasGivenUp(k, system, node, order, zoneIdx) ? node.kswapd.failures : 0,
    zones,
    share,
    departs: addsUp !== wouldSleep(k, system, hopeful, order, zoneIdx),
    change: leastChange(form, asked, node, zones),
    because: addsUp ? form.whyBalanced(zones, share) : form.whyUnbalanced(share),
    noAllocation: form.whyNoAllocation(zones),
  };
}
