import type { Machine, Zone } from '../../model/index.ts';

/** The zone that is asked about. */
export const zoneOf = (m: Machine, args: { readonly zone: number }): Zone => m.node.zones[args.zone]!;

/** The machine with kswapd on its wait queue, or off it. */
export const withWaiting = (m: Machine, queued: boolean): Machine => ({ ...m, waits: { ...m.waits, queued } });
