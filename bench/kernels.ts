import { kernels, type Kernel } from '../model/index.ts';
import { comparedWith, type Case } from './case.ts';

/** The same for every kernel, oldest first; the later ones are compared with the oldest. */
export function eachKernel(make: (kernel: Kernel) => Case): readonly Case[] {
  const [oldest, ...later] = Object.values(kernels).map(make);
  return [oldest!, ...later.map((one) => comparedWith(oldest!, one))];
}
