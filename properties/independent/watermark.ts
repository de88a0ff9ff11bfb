import {
  ALLOC_CMA,
  ALLOC_HARDER,
  ALLOC_HIGH,
  ALLOC_OOM,
  hasRule,
  type FreeArea,
  type Kernel,
  type System,
  type Zone,
} from '../../model/index.ts';

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

/** Pages of a free list in blocks of an order or more. */
const pagesFromOrder = (blocks: readonly number[], order: number): number =>
  blocks.reduce((pages, count, o) => (o < order ? pages : pages + count * 2 ** o), 0);

/**
 * The rule from v4.4 on: one comparison for every order, and for a high one something of that size on the lists that
 * the request may use. Only those who may dig use the highatomic list and what is reserved for it.
 */
export function laterWatermarkMet(
  system: System,
  zone: Zone,
  order: number,
  mark: number,
  zoneIdx: number,
  allocFlags: number,
  freePages: number,
): boolean {
  const { lists } = zone.freeArea;
  const digs = (allocFlags & (ALLOC_HARDER | ALLOC_OOM)) !== 0;
  const usesCma = !system.cma || (allocFlags & ALLOC_CMA) !== 0;
  const halved = allocFlags & ALLOC_HIGH ? Math.ceil(mark / 2) : mark;
  const min = allocFlags & ALLOC_OOM ? Math.ceil(halved / 2) : digs ? Math.ceil((halved * 3) / 4) : halved;
  const kept = zone.lowmemReserve[zoneIdx]! + (digs ? 0 : zone.reservedHighatomic);
  const left = freePages + 1 - 2 ** order - kept - (usesCma ? 0 : pagesFromOrder(lists.cma, 0));
  const usable = [lists.unmovable, lists.movable, lists.reclaimable];
  if (usesCma) usable.push(lists.cma);
  if (digs) usable.push(lists.highatomic);
  return left > min && (order === 0 || usable.some((list) => pagesFromOrder(list, order) > 0));
}

/** The rule of a kernel. */
export const watermarkMetIn = (kernel: Kernel): typeof watermarkMet =>
  hasRule(kernel, 'shrinkNode') ? laterWatermarkMet : watermarkMet;
