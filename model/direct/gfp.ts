import type { Gfp } from '../alloc/gfp.ts';
import type { Kernel } from '../kernel.ts';
import type { ZoneName } from '../state/zone.ts';

/** The highest zone index that a mask allows on nodes with the zones of this one. */
export function highestZone(
  k: Kernel,
  { zones }: { readonly zones: readonly { readonly name: ZoneName }[] },
  gfp: Gfp,
): number {
  return k.gfpZone(
    k,
    zones.map(({ name }) => name),
    gfp,
  );
}
