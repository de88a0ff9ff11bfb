import type { Kernel } from '../kernel.ts';
import { PAGE_SHIFT } from '../units.ts';
import type { SetupMachine } from './machine.ts';

/**
 * Swap is read in clusters of 8 pages, or of 4 on a machine with less than 16 MiB.
 * @kernel v4.0 mm/swap.c swap_setup
 */
export function swapSetup(_k: Kernel, m: SetupMachine): SetupMachine {
  const mebibytes = Math.floor(m.totalramPages / (1 << (20 - PAGE_SHIFT)));
  return { ...m, pageCluster: mebibytes < 16 ? 2 : 3 };
}
