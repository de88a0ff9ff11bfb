import type { Kernel, System, Zone } from '../../model/index.ts';
import type { Clause } from './terms.ts';

/** What is asked of a node's kswapd. */
export interface Asked {
  readonly k: Kernel;
  readonly system: System;
  readonly order: number;
  /** The highest zone that the request may use. */
  readonly zoneIdx: number;
}

/**
 * What kswapd makes of a zone: it does not count, as it has no pages or the allocator none of them; counts as balanced
 * because it is not worth scanning; is balanced, or is not.
 */
export type ZoneVerdict = 'unpopulated' | 'unmanaged' | 'unreclaimable' | 'balanced' | 'unbalanced';

/** A zone's verdict as the kernel's own rules answer, and the clauses that it is made of. */
export interface ZoneReason {
  readonly verdict: ZoneVerdict;
  readonly clauses: readonly Clause[];
  /** The clauses say otherwise than the rules: those are a user's own. */
  readonly departs: boolean;
}

/** The sum for a high order: zones that hold a quarter of the managed pages must count as balanced. In pages. */
export interface Share {
  readonly balancedPages: number;
  readonly managedPages: number;
  readonly needed: number;
  readonly holds: boolean;
}

/** A zone, as far as a sum over zones looks at it. */
export interface JudgedZone {
  readonly zone: Zone;
  readonly verdict: ZoneVerdict;
  readonly clauses: readonly Clause[];
}

/** How a version of pgdat_balanced makes a node's answer out of its zones. */
export interface BalanceForm {
  /** The index that a zone is asked at, which says what reserve it keeps; `index` is the zone's own. */
  readonly askedAt: (asked: Asked, index: number) => number;
  readonly reasonOf: (asked: Asked, zone: Zone, index: number) => ZoneReason;
  /** The question by which a zone with this index counts as balanced. */
  readonly isBalanced: (asked: Asked, index: number) => (zone: Zone) => boolean;
  /** Absent where pages are not added up. */
  readonly shareOf: (zones: readonly JudgedZone[], order: number) => Share | undefined;
  /** What the zones add up to: is the node balanced? */
  readonly addsUp: (zones: readonly JudgedZone[], share: Share | undefined) => boolean;
  readonly whyBalanced: (zones: readonly JudgedZone[], share: Share | undefined) => string;
  /** What is said before each zone's reason is told. */
  readonly whyUnbalanced: (share: Share | undefined) => string;
  /** Why no allocation makes the node unbalanced, where the zones' verdicts say it. */
  readonly whyNoAllocation: (zones: readonly JudgedZone[]) => string;
}
