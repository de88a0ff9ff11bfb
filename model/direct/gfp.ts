import { GFP_DMA, GFP_DMA32, GFP_HIGHMEM, GFP_MOVABLE, type Gfp } from '../alloc/gfp.ts';
import type { Node } from '../state/node.ts';

/**
 * The highest zone index that a mask allows on nodes with such zones. A zone that the machine is built without is
 * taken by Normal. Two of DMA, DMA32 and HIGHMEM make no sense, and the kernel's table answers 0; that happens when
 * buffer heads add HIGHMEM to a mask that names a low zone.
 * @kernel v4.0 include/linux/gfp.h gfp_zone
 */
export function highestZone({ zones }: Node, gfp: Gfp): number {
  const indexOf = (name: string): number => zones.findIndex((zone) => zone.name === name);
  const orNormal = (name: string): number => (indexOf(name) < 0 ? Math.max(0, indexOf('Normal')) : indexOf(name));
  switch (gfp & (GFP_DMA | GFP_DMA32 | GFP_HIGHMEM)) {
    case 0:
      return orNormal('Normal');
    case GFP_DMA:
      return orNormal('DMA');
    case GFP_DMA32:
      return orNormal('DMA32');
    case GFP_HIGHMEM:
      return orNormal((gfp & GFP_MOVABLE) === 0 ? 'HighMem' : 'Movable');
    default:
      return 0;
  }
}
