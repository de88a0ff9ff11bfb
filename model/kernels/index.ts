import type { Kernel } from '../kernel.ts';
import { v4_0 } from './v4_0.ts';

/** The kernels that are specified, by name. */
export const kernels: Readonly<Record<string, Kernel>> = { [v4_0.name]: v4_0 };
