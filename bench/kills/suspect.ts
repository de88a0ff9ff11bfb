import {
  allocatorFaults,
  directFaults,
  kswapdFaults,
  laterAllocatorFaults,
  laterKswapdFaults,
  machineFaults,
  type Fault,
} from '../../faults/index.ts';
import { systematicFault, type Mistake } from '../../faults/systematic/index.ts';
import { bugs } from '../../history/index.ts';
import { kernels, type Kernel } from '../../model/index.ts';

/** A kernel with something wrong, and the one without. */
export interface Suspect {
  /** The id of a bug, or the name of a kernel with a fault. */
  readonly id: string;
  readonly faulty: Kernel;
  readonly sound: Kernel;
  /** The mistake, if it is one that is made in any part alike. */
  readonly mistake?: Mistake;
}

const suspect = ({ kernel }: Fault): Suspect => ({ id: kernel.name, faulty: kernel, sound: kernels[kernel.base]! });

/** The bugs of the history, and the kernels of the tables of faults. */
export const tabled: readonly Suspect[] = [
  ...bugs.map(({ id, faulty, fixed }) => ({ id, faulty, sound: fixed })),
  ...[kswapdFaults, laterKswapdFaults, directFaults, allocatorFaults, laterAllocatorFaults, machineFaults]
    .flat()
    .map(suspect),
];

/** The kernel with a mistake that is made in any part alike. */
export const mistakenKernel = (base: Kernel, mistake: Mistake): Suspect => ({
  ...suspect(systematicFault(base, mistake)),
  mistake,
});

/** The suspect that was kept under an id, or by its mistake in a kernel. */
export const suspectOf = (kernel: string, id: string, mistake?: Mistake): Suspect =>
  mistake === undefined ? tabled.find((one) => one.id === id)! : mistakenKernel(kernels[kernel]!, mistake);
