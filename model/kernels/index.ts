import type { Kernel } from '../kernel.ts';
import { v4_0 } from './v4_0.ts';
import { v4_19 } from './v4_19.ts';
import { v5_9 } from './v5_9.ts';

/** The kernels that are specified, by name, oldest first. */
export const kernels: Readonly<Record<string, Kernel>> = {
  [v4_0.name]: v4_0,
  [v4_19.name]: v4_19,
  [v5_9.name]: v5_9,
};

/** The specified kernel that a kernel is, or that it was made from. */
export const baseOf = (kernel: Kernel): Kernel => kernels[kernel.base]!;
