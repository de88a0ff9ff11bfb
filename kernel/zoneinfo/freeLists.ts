import { MAX_ORDER, type MigrateType } from '../../model/index.ts';
import type { ZoneTypes } from '../pagetypeinfo.ts';
import type { Assumption } from './assumption.ts';

type Blocks = readonly number[];

/** What is known of a zone's free memory. */
export interface FreeSources {
  /** nr_free_pages, in pages. */
  readonly freePages: number;
  /** nr_free_cma, in pages. */
  readonly cmaPages: number;
  /** Pages in free page blocks or larger, from 6.18 on; else 0. */
  readonly blockPages: number;
  /** From buddyinfo. */
  readonly nrFree: Blocks | undefined;
  /** From pagetypeinfo. */
  readonly types: ZoneTypes | undefined;
}

/** A zone's free lists as the model has them, and what had to be assumed about them. */
export interface FreeLists {
  readonly lists: Partial<Readonly<Record<MigrateType, Blocks>>>;
  /** Whether files showed how the free memory lies. */
  readonly known: boolean;
  readonly assumed: readonly FreeAssumption[];
}

type FreeAssumption = Pick<Assumption, 'field' | 'value' | 'because' | 'matters' | 'seenAt'>;

/** Where rules look that go by the number of free blocks of each order. */
const BY_ORDER = ['freeArea.nrFree', 'freeArea.lists'];

/** The order of a page block where nothing says it: 2 MiB. */
const PAGEBLOCK_ORDER = 9;

const zeros = (): number[] => new Array<number>(MAX_ORDER).fill(0);

/** Puts together what the files say of a zone's free blocks. */
export function freeListsOf(sources: FreeSources): FreeLists {
  const { nrFree, types } = sources;
  if (types !== undefined) return nrFree === undefined ? fromTypes(types) : fromBoth(nrFree, types);
  if (nrFree !== undefined) {
    const { lists, assumed } = withCma(nrFree, sources.cmaPages);
    const because = 'buddyinfo does not tell migrate types apart; give --pagetypeinfo';
    const movable: FreeAssumption = {
      field: 'migrateTypes',
      value: 'all movable',
      because,
      matters: 'highOrder',
      seenAt: ['freeArea.lists'],
    };
    return { lists, known: true, assumed: [movable, ...assumed] };
  }
  return assumedLists(sources);
}

/** The lists of pagetypeinfo. Isolated blocks are no free memory that counts. */
function fromTypes(types: ZoneTypes): FreeLists {
  const { isolated: _isolated, ...lists } = types.lists;
  if (types.atLeast.size === 0) return { lists, known: true, assumed: [] };
  const value = `no more blocks of order ${[...types.atLeast].join(', ')} than counted`;
  const because = 'pagetypeinfo stopped counting long lists; give buddyinfo too';
  return { lists, known: true, assumed: [{ field: 'free', value, because, matters: 'balance', seenAt: ['freeArea'] }] };
}

/** As many blocks as buddyinfo has, shared out as in pagetypeinfo; what the two differ by is movable. */
function fromBoth(nrFree: Blocks, types: ZoneTypes): FreeLists {
  const lists: Partial<Record<MigrateType, Blocks>> = {};
  const left = nrFree.map((count, order) => Math.max(0, count - (types.lists.isolated?.[order] ?? 0)));
  for (const type of ['cma', 'highatomic', 'unmovable', 'reclaimable'] as const) {
    const blocks = types.lists[type];
    if (blocks === undefined) continue;
    lists[type] = blocks.map((count, order) => {
      const taken = Math.min(count, left[order]!);
      left[order]! -= taken;
      return taken;
    });
  }
  return { lists: { ...lists, movable: left }, known: true, assumed: [] };
}

/** Nothing says how the free memory lies: in single pages, but for what is known to lie in page blocks. */
function assumedLists({ freePages, cmaPages, blockPages }: FreeSources): FreeLists {
  const blocks = zeros();
  blocks[PAGEBLOCK_ORDER] = Math.floor(Math.min(freePages, blockPages) / (1 << PAGEBLOCK_ORDER));
  blocks[0] = freePages - blocks[PAGEBLOCK_ORDER]! * (1 << PAGEBLOCK_ORDER);
  const { lists, assumed } = withCma(blocks, cmaPages);
  const because =
    blocks[PAGEBLOCK_ORDER] === 0
      ? 'zoneinfo does not say how free memory lies; give --buddyinfo'
      : 'zoneinfo only says how much free memory lies in whole page blocks; give --buddyinfo';
  const value = blocks[PAGEBLOCK_ORDER] === 0 ? 'single pages' : 'page blocks of order 9, and single pages';
  const blocksOf: FreeAssumption = { field: 'free', value, because, matters: 'highOrder', seenAt: BY_ORDER };
  return { lists, known: false, assumed: [blocksOf, ...assumed] };
}

/** All blocks movable, but for so many pages of CMA, in the largest blocks that hold no more. */
function withCma(blocks: Blocks, cmaPages: number): Pick<FreeLists, 'lists' | 'assumed'> {
  if (cmaPages === 0) return { lists: { movable: blocks }, assumed: [] };
  const cma = zeros();
  let left = cmaPages;
  for (let order = MAX_ORDER - 1; order >= 0; order--) {
    cma[order] = Math.min(blocks[order]!, Math.floor(left / (1 << order)));
    left -= cma[order]! * (1 << order);
  }
  const value = `${cmaPages - left} pages in the largest blocks`;
  const because = 'the number of free CMA pages is known, but not where they lie; give --pagetypeinfo';
  return {
    lists: { movable: blocks.map((count, order) => count - cma[order]!), cma },
    assumed: [
      left === 0
        ? { field: 'cma', value, because, matters: 'highOrder', seenAt: ['freeArea.lists.cma'] }
        : { field: 'cma', value, because, matters: 'balance', seenAt: ['freeArea.cmaPages', 'freeArea.lists.cma'] },
    ],
  };
}
