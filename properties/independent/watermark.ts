import { ALLOC_CMA, ALLOC_HARDER, ALLOC_HIGH, type FreeArea, type System, type Zone } from '../../model/index.ts';

/** Pages in blocks smaller than an order. */
export const pagesBelowOrder = ({ nrFree }: FreeArea, order: number): number =>
  nrFree.reduce((pages, blocks, o) => (o < order ? pages + blocks * 2 ** o : pages), 0);

/**
 * The watermark rule stated at once for every order, instead of walking: with `free` pages, less all but one page of
 * the request, what lies in blocks of order o and above must exceed the lowered mark's 2^o-th part, for every o up to
 * the order.
 */
export function watermarkMet(
  system: System,
  zone: Zone,
  order: number,
  mark: number,
  zoneIdx: number,
  allocFlags: number,
  freePages: number,
): boolean {
  const halved = allocFlags & ALLOC_HIGH ? Math.ceil(mark / 2) : mark;
  const min = allocFlags & ALLOC_HARDER ? Math.ceil((halved * 3) / 4) : halved;
  const cma = system.cma && !(allocFlags & ALLOC_CMA) ? zone.freeArea.cmaPages : 0;
  const usable = freePages + 1 - 2 ** order;
  const orders = Array.from({ length: order }, (_, o) => o + 1);
  return (
    usable - cma - zone.lowmemReserve[zoneIdx]! > min &&
    orders.every((o) => (usable - pagesBelowOrder(zone.freeArea, o)) * 2 ** o > min - (min % 2 ** o))
  );
}

/** The free pages that a careful check goes by: the true number, unless the cheap one shows that there is plenty. */
export function trustedFreePages(zone: Zone): number {
  const cheap = Math.max(0, zone.freeArea.pages + zone.vmstatDrift);
  return cheap < zone.percpuDriftMark ? zone.freeArea.pages : cheap;
}
