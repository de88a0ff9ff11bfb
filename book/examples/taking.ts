import { allocFlagsOf, gfpOf, startAllocation, type AllocFlagName, type Zone } from '../../model/index.ts';
import { contextOf } from '../../model/alloc/enter.ts';
import { example } from '../example.ts';

const REQUEST = { gfp: gfpOf(['MOVABLE']), order: 0, preferredNode: 0, localNode: 0, nodemask: null } as const;

const left = ({ freeArea, alloc }: Zone) => ({ freeLeft: freeArea.pages, shareLeft: alloc.batch });

/** Worked examples of taking blocks from zones, and of setting some aside. */
export const takingExamples = [
  example({
    rule: 'rmqueue',
    title: 'A page counts against the zone’s share, while there are shares',
    zones: [{ name: 'Normal', free: 4, batch: 10 }],
    ask: (k, { node }, { order }) => {
      const { ok, zone } = k.rmqueue(k, node.zones[0]!, order, 0, 'movable');
      return { ok, ...left(zone) };
    },
    cases: [
      {
        given: { order: 0 },
        expected: { ok: true, freeLeft: 3, shareLeft: 9 },
        worked: 'one page of four, and of a share of ten',
        since: { 'v4.19': { expected: { ok: true, freeLeft: 3, shareLeft: 10 }, worked: 'shares are not counted' } },
      },
      { given: { order: 1 }, expected: { ok: false, freeLeft: 4, shareLeft: 10 }, worked: 'no pair is free' },
    ],
  }),
  example({
    rule: 'rmqueue',
    title: 'What is set aside goes to those who dig harder',
    kernels: ['v4.19', 'v5.9'],
    zones: [{ name: 'Normal', free: { movable: [0, 1], highatomic: [0, 1] } }],
    ask: (k, { node }, { order, allocFlags }: { order: number; allocFlags: readonly AllocFlagName[] }) =>
      k.rmqueue(k, node.zones[0]!, order, allocFlagsOf(allocFlags), 'unmovable').from ?? 'nothing',
    cases: [
      { given: { order: 1, allocFlags: ['HARDER'] }, expected: 'highatomic', worked: 'this is what it is for' },
      { given: { order: 1, allocFlags: [] }, expected: 'movable', worked: 'others take from the other lists first' },
    ],
  }),
  example({
    rule: 'rmqueue',
    title: 'A zone in which every block would mix kinds of pages',
    kernels: ['v5.9'],
    zones: [{ name: 'Normal', free: 4, nofragmentFails: true }],
    ask: (k, { node }, { order, allocFlags }: { order: number; allocFlags: readonly AllocFlagName[] }) =>
      k.rmqueue(k, node.zones[0]!, order, allocFlagsOf(allocFlags), 'unmovable').ok,
    cases: [
      {
        given: { order: 0, allocFlags: ['NOFRAGMENT'] },
        expected: false,
        worked: 'four pages are free, and none will do',
      },
      { given: { order: 0, allocFlags: [] }, expected: true, worked: 'a later attempt does not mind' },
    ],
  }),
  example({
    rule: 'resetAllocBatch',
    title: 'From the low mark to the high one',
    zones: [{ name: 'Normal', low: 125, high: 150, batch: -3, flags: ['fairDepleted'] }],
    ask: (k, { node }) => left(k.resetAllocBatch(k, node.zones[0]!)).shareLeft,
    cases: [{ given: {}, expected: 25, worked: '150 - 125' }],
  }),
  example({
    rule: 'reserveHighatomicPageblock',
    title: 'Up to a hundredth of the zone, and one page block more',
    zones: [
      { name: 'DMA', managed: 100_000, reservedHighatomic: 1024 },
      { name: 'Normal', managed: 100_000, reservedHighatomic: 1536 },
    ],
    ask: (k, { system, node }, { zone, from }: { zone: number; from: string }) =>
      k.reserveHighatomicPageblock(k, system, node.zones[zone]!, from === 'highatomic' ? from : 'movable')
        .reservedHighatomic,
    cases: [
      {
        given: { zone: 0, from: 'movable' },
        expected: 1536,
        worked: '1024 is less than 1000 + 512: one block of 512 more',
      },
      { given: { zone: 1, from: 'movable' }, expected: 1536, worked: '1536 is not' },
      { given: { zone: 0, from: 'highatomic' }, expected: 1024, worked: 'the block came from what is set aside' },
    ],
  }),
  example({
    rule: 'unreserveHighatomicPageblock',
    title: 'The last page block is given back only if it must be',
    zones: [{ name: 'Normal', free: { highatomic: [0, 0, 0, 1] }, reservedHighatomic: 512 }],
    ask: (k, { memory }, { force }: { force: boolean }) => {
      const { context } = startAllocation(REQUEST, 0);
      const asked = { ...context, ...contextOf(k, memory, REQUEST), highZoneidx: 0 };
      const { memory: after, ok } = k.unreserveHighatomicPageblock(k, memory, asked, force);
      return { ok, setAside: after.pgdats[0]!.node.zones[0]!.reservedHighatomic };
    },
    cases: [
      { given: { force: false }, expected: { ok: false, setAside: 512 }, worked: 'there is one page block only' },
      {
        given: { force: true },
        expected: { ok: true, setAside: 0 },
        worked: 'its free block of 8 goes to movable pages',
      },
    ],
  }),
];
