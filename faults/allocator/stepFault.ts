import { deriveKernel, type AllocPoint, type Kernel } from '../../model/index.ts';
import { nameOf, type Fault } from '../fault.ts';

/** A kernel with one step or wait of its page allocator replaced. */
export function stepFault(base: Kernel, at: AllocPoint, what: string, allocator: Partial<Kernel['allocator']>): Fault {
  const name = `allocator.${at}`;
  return { name, what, kernel: deriveKernel(base, { name: nameOf(base, name, what), allocator }) };
}
