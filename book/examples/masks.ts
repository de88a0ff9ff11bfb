import {
  allocFlagsOf,
  describeAllocFlags,
  describeGfp,
  gfpOf,
  LAYOUTS,
  taskFlagsOf,
  type GfpName,
  type LayoutName,
  type TaskFlagName,
} from '../../model/index.ts';
import { example } from '../example.ts';

type Mask = readonly GfpName[];
type Task = readonly TaskFlagName[];

const shown = (flags: number): string => describeAllocFlags(flags).join(', ') || 'none';
const mask = (gfp: number): string => describeGfp(gfp).join(', ') || 'none';

/** Worked examples of masks, and of the flags that the allocator makes of them. */
export const maskExamples = [
  example({
    rule: 'gfpZone',
    title: 'The highest zone, in two layouts',
    ask: (k, _state, { layout, gfp }: { layout: string; gfp: Mask }) =>
      k.gfpZone(k, LAYOUTS[layout as LayoutName], gfpOf(gfp)),
    cases: [
      { given: { layout: 'x86_64', gfp: [] }, expected: 2, worked: 'Normal, after DMA and DMA32' },
      { given: { layout: 'x86_32', gfp: [] }, expected: 1, worked: 'Normal, after DMA' },
      { given: { layout: 'x86_32', gfp: ['HIGHMEM'] }, expected: 2, worked: 'HighMem' },
      { given: { layout: 'x86_64', gfp: ['HIGHMEM'] }, expected: 2, worked: 'there is no HighMem: Normal' },
      { given: { layout: 'x86_64', gfp: ['HIGHMEM', 'MOVABLE'] }, expected: 3, worked: 'both together: Movable' },
      { given: { layout: 'x86_64', gfp: ['MOVABLE'] }, expected: 2, worked: 'one alone does not name that zone' },
    ],
  }),
  example({
    rule: 'gfpflagsToMigratetype',
    title: 'Three kinds of pages',
    ask: (k, _state, { gfp }: { gfp: Mask }) => k.gfpflagsToMigratetype(k, gfpOf(gfp)),
    cases: [
      { given: { gfp: ['MOVABLE'] }, expected: 'movable', worked: 'pages of programs and files' },
      { given: { gfp: ['RECLAIMABLE'] }, expected: 'reclaimable', worked: 'caches that give back' },
      { given: { gfp: [] }, expected: 'unmovable', worked: 'all else of the kernel' },
    ],
  }),
  example({
    rule: 'gfpToAllocFlags',
    title: 'Who is in a hurry',
    ask: (k, { system }, { gfp, task }: { gfp: Mask; task: Task }) =>
      shown(k.gfpToAllocFlags(k, system, gfpOf(gfp), taskFlagsOf(task))),
    cases: [
      {
        given: { gfp: ['HIGH'], task: [] },
        expected: 'HARDER, HIGH',
        worked: 'without WAIT it counts as atomic',
        since: { 'v4.19': { expected: 'HIGH, CPUSET', worked: 'ATOMIC alone says so, and is not there' } },
      },
      {
        given: { gfp: ['HIGH', 'ATOMIC', 'KSWAPD_RECLAIM'], task: [] },
        expected: 'HARDER, HIGH',
        worked: 'without WAIT it counts as atomic',
        since: {
          'v4.19': { expected: 'HARDER, HIGH', worked: 'ATOMIC says so' },
          'v5.9': { expected: 'HARDER, HIGH, KSWAPD', worked: 'and the right to wake kswapd is a flag' },
        },
      },
      {
        given: { gfp: ['WAIT', 'DIRECT_RECLAIM'], task: ['MEMALLOC'] },
        expected: 'NO_WATERMARKS, CPUSET',
        worked: 'whoever frees memory ignores the marks',
        since: { 'v4.19': { expected: 'CPUSET', worked: 'that right is asked for separately' } },
      },
    ],
  }),
  example({
    rule: 'gfpPfmemallocAllowed',
    title: 'Who gets at what is kept for those who free memory',
    ask: (k, { system }, { gfp, task }: { gfp: Mask; task: Task }) =>
      k.gfpPfmemallocAllowed(k, system, gfpOf(gfp), taskFlagsOf(task)),
    cases: [
      { given: { gfp: [], task: [] }, expected: false, worked: 'not just anyone' },
      { given: { gfp: [], task: ['MEMALLOC'] }, expected: true, worked: 'whoever frees memory' },
      {
        given: { gfp: [], task: ['OOM_VICTIM'] },
        expected: true,
        worked: 'whoever the OOM killer chose: all of it',
        since: { 'v4.19': { expected: true, worked: 'whoever the OOM killer chose: a part of it' } },
      },
      { given: { gfp: ['NOMEMALLOC'], task: ['MEMALLOC'] }, expected: false, worked: 'the caller forbids it' },
    ],
  }),
  example({
    rule: '__gfpPfmemallocFlags',
    title: 'All of the reserves, a part of them, or none',
    ask: (k, _state, { gfp, task }: { gfp: Mask; task: Task }) =>
      shown(k.__gfpPfmemallocFlags(k, gfpOf(gfp), taskFlagsOf(task))),
    cases: [
      { given: { gfp: ['MEMALLOC'], task: [] }, expected: 'NO_WATERMARKS', worked: 'the caller asks for it' },
      { given: { gfp: [], task: ['OOM_VICTIM'] }, expected: 'OOM', worked: 'half of the min mark' },
      {
        given: { gfp: [], task: ['MEMALLOC', 'INTERRUPT'] },
        expected: 'none',
        worked: 'in an interrupt it is not its doing',
      },
      { given: { gfp: [], task: [] }, expected: 'none', worked: 'nothing calls for it' },
    ],
  }),
  example({
    rule: 'currentAllocFlags',
    title: 'Who may use CMA pages',
    ask: (k, { system }, { gfp, task }: { gfp: Mask; task: Task }) =>
      shown(k.currentAllocFlags(k, system, gfpOf(gfp), taskFlagsOf(task), allocFlagsOf(['WMARK_LOW']))),
    cases: [
      { given: { gfp: ['MOVABLE'], task: [] }, expected: 'CMA', worked: 'movable pages can give way' },
      { given: { gfp: [], task: [] }, expected: 'none', worked: 'others cannot' },
      {
        given: { gfp: ['MOVABLE'], task: ['MEMALLOC_NOCMA'] },
        expected: 'CMA',
        worked: 'what the task forbids is not asked',
        since: { 'v5.9': { expected: 'none', worked: 'the task forbids it' } },
      },
    ],
  }),
  example({
    rule: 'allocFlagsNofragment',
    title: 'DMA32 below the preferred zone',
    zones: [
      { name: 'DMA', managed: 0 },
      { name: 'DMA32', managed: 10_000 },
      { name: 'Normal', managed: 10_000 },
    ],
    ask: (k, { memory }, { zone, gfp }: { zone: number; gfp: Mask }) =>
      shown(k.allocFlagsNofragment(k, memory, [0, zone], gfpOf(gfp))),
    cases: [
      {
        given: { zone: 2, gfp: ['KSWAPD_RECLAIM'] },
        expected: 'NOFRAGMENT, KSWAPD',
        worked: 'rather take from DMA32 than mix kinds in Normal',
      },
      { given: { zone: 1, gfp: ['KSWAPD_RECLAIM'] }, expected: 'KSWAPD', worked: 'DMA32 itself is preferred' },
      { given: { zone: 1, gfp: [] }, expected: 'none', worked: 'and kswapd is not to be woken' },
    ],
  }),
  example({
    rule: 'memallocNoioFlags',
    title: 'A task that must not write',
    ask: (k, _state, { gfp, task }: { gfp: Mask; task: Task }) =>
      mask(k.memallocNoioFlags(k, gfpOf(gfp), taskFlagsOf(task))),
    cases: [
      {
        given: { gfp: ['WAIT', 'IO', 'FS'], task: ['MEMALLOC_NOIO'] },
        expected: 'WAIT',
        worked: 'IO and FS are dropped',
      },
      { given: { gfp: ['WAIT', 'IO', 'FS'], task: [] }, expected: 'IO, FS, WAIT', worked: 'nothing is' },
    ],
  }),
  example({
    rule: 'currentGfpContext',
    title: 'A task that must not write, or not enter a file system',
    ask: (k, _state, { gfp, task }: { gfp: Mask; task: Task }) =>
      mask(k.currentGfpContext(k, gfpOf(gfp), taskFlagsOf(task))),
    cases: [
      { given: { gfp: ['IO', 'FS'], task: ['MEMALLOC_NOIO'] }, expected: 'none', worked: 'IO and FS are dropped' },
      { given: { gfp: ['IO', 'FS'], task: ['MEMALLOC_NOFS'] }, expected: 'IO', worked: 'FS is' },
    ],
  }),
  example({
    rule: 'acClasszoneIdx',
    title: 'Movable has no memory, and Normal is preferred',
    ask: (k, _state, { preferred, highZoneidx }) => k.acClasszoneIdx(k, [0, preferred], highZoneidx),
    cases: [
      {
        given: { preferred: 2, highZoneidx: 3 },
        expected: 2,
        worked: 'that of the preferred zone',
        since: { 'v5.9': { expected: 3, worked: 'the highest that would do' } },
      },
    ],
  }),
];
