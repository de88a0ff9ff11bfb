import fc from 'fast-check';
import {
  makeSetupMachine,
  mebibytes,
  setupAtBoot,
  v4_0,
  type Kernel,
  type RawNode,
  type ZoneName,
} from '../../model/index.ts';
import type { Layout } from './layout.ts';
import { record } from '../record.ts';

/** What distinguishes one machine from another before set-up. */
interface Machine {
  readonly arch: 'flat' | 'x86_64' | 'x86_32';
  /** The machine has 2 ** exponent MiB, and so many 64ths of it more. */
  readonly exponent: number;
  readonly mantissa: number;
  /** 64ths of each zone that the boot allocator kept. */
  readonly kept: number;
  /** 8ths of the highest zone that are movable. */
  readonly movable: number;
  /** The node is the second of the machine: memory below 4 GiB belongs to the first. */
  readonly second: boolean;
  readonly onlineCpus: number;
  /** min_free_kbytes as a user set it: memory divided by 2 ** this; 0 if nobody did. */
  readonly minFreeShift: number;
}

/** Machines of 16 MiB to 1 TiB, most of them with few cpus and the kernel's own min_free_kbytes. */
export const arbitraryMachine: fc.Arbitrary<Machine> = record({
  arch: fc.constantFrom('flat', 'x86_64', 'x86_64', 'x86_64', 'x86_32', 'x86_32'),
  exponent: fc.integer({ min: 4, max: 20 }),
  mantissa: fc.integer({ min: 0, max: 63 }),
  kept: fc.integer({ min: 0, max: 4 }),
  movable: fc.constantFrom(0, 0, 1, 4, 7),
  second: fc.constantFrom(false, false, false, true),
  onlineCpus: fc.constantFrom(1, 2, 4, 8, 16, 64, 256, 4096),
  minFreeShift: fc.constantFrom(0, 0, 0, 0, 4, 6, 8, 12),
});

/** Present pages by zone name; a zone left out is not populated. */
type Sizes = Partial<Readonly<Record<ZoneName, number>>>;

const LAYOUT_NAMES: Readonly<Record<Machine['arch'], readonly (readonly ZoneName[])[]>> = {
  flat: [['Normal'], ['DMA', 'Normal'], ['DMA', 'DMA32', 'Normal'], ['DMA', 'DMA32', 'Normal', 'Movable']],
  x86_64: [['Normal'], ['DMA32', 'Normal'], ['DMA', 'DMA32', 'Normal'], ['DMA', 'DMA32', 'Normal', 'Movable']],
  x86_32: [['Normal'], ['Normal', 'HighMem'], ['DMA', 'Normal', 'HighMem'], ['DMA', 'Normal', 'HighMem', 'Movable']],
};

/** What a PC leaves of its first 16 MiB. */
const DMA_PAGES = 3998;
/** What a PC with its devices below 4 GiB leaves under them. */
const BELOW_4G_PAGES = mebibytes(3072);
/** What a 32-bit kernel can map for good. */
const LOW_PAGES = mebibytes(880);
/** What a 32-bit machine can address: 64 GiB. */
const PAE_PAGES = mebibytes(65536);
/** 1 TiB. */
const MOST_PAGES = mebibytes(1024 * 1024);

const RATIOS: Readonly<Record<ZoneName, number>> = { DMA: 256, DMA32: 256, Normal: 32, HighMem: 32, Movable: 32 };

/** The layout of one node of a machine: watermarks, reserves and drift marks are what the kernel's set-up computes. */
export function machineLayout(machine: Machine, zoneCount: number, kernel: Kernel = v4_0): Layout {
  const names = LAYOUT_NAMES[machine.arch][zoneCount - 1]!;
  const most = machine.arch === 'x86_32' ? PAE_PAGES : MOST_PAGES;
  const pages = Math.min(most, (mebibytes(2 ** machine.exponent) * (64 + machine.mantissa)) / 64);
  const second = machine.second && machine.arch !== 'x86_32';
  const node = rawNode(names, sizesOf(names, pages, machine, second), machine.kept);
  const first = rawNode(names, sizesOf(names, pages, machine, false), machine.kept);
  const nodes = second ? [first, node] : [node];
  const kbytes = Math.floor((pages * 4) / 2 ** machine.minFreeShift);
  const setup = setupAtBoot(
    kernel,
    makeSetupMachine(nodes, {
      totalramPages: nodes.length * pages,
      onlineCpus: machine.onlineCpus,
      minFreeKbytes: machine.minFreeShift === 0 ? 0 : kbytes,
      userMinFreeKbytes: machine.minFreeShift === 0 ? -1 : kbytes,
      lowmemReserveRatio: names.slice(0, -1).map((name) => RATIOS[name]),
    }),
  );
  return {
    zones: setup.nodes.at(-1)!.zones.map(({ name, present, managed, watermark, lowmemReserve, percpuDriftMark }) => ({
      name,
      present,
      managed,
      watermark,
      lowmemReserve,
      percpuDriftMark,
    })),
  };
}

/** Fills the zones from the lowest up, and makes part of the highest one movable. */
function sizesOf(names: readonly ZoneName[], pages: number, { arch, movable }: Machine, second: boolean): Sizes {
  const most: Sizes =
    arch === 'x86_32' ? { DMA: DMA_PAGES, Normal: LOW_PAGES } : { DMA: DMA_PAGES, DMA32: BELOW_4G_PAGES };
  const sizes: Partial<Record<ZoneName, number>> = {};
  const kernelNames = names.filter((name) => name !== 'Movable');
  let left = pages;
  let highest: ZoneName = kernelNames[0]!;
  for (const name of kernelNames) {
    if (left === 0) break;
    if (second && name !== kernelNames.at(-1)) continue;
    sizes[name] = name === kernelNames.at(-1) ? left : Math.min(left, most[name] ?? left);
    left -= sizes[name];
    highest = name;
  }
  if (names.includes('Movable') && highest !== 'HighMem') {
    sizes.Movable = Math.floor((sizes[highest]! * movable) / 8);
    sizes[highest] = sizes[highest]! - sizes.Movable;
  }
  return sizes;
}

const rawNode = (names: readonly ZoneName[], sizes: Sizes, kept: number): RawNode => ({
  id: 0,
  zones: names.map((name) => {
    const present = sizes[name] ?? 0;
    const managed = present - Math.floor((present * kept) / 64);
    return { name, present, managed, watermark: { min: 0, low: 0, high: 0 }, percpuDriftMark: 0 };
  }),
});
