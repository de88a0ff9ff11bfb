import type { Kernel } from '../model/index.ts';
import { ALLOCATOR, DIRECT_RECLAIM, LOOP, type ProgramName } from './programs.ts';
import { KERNELS } from './versions.ts';

/** A page about a small-step machine, and the kernels whose form of it stands there. */
export interface ProgramPage {
  readonly path: string;
  readonly program: ProgramName;
  readonly kernels: readonly Kernel[];
}

const [FIRST, ...LATER] = KERNELS;

export const LOOP_BY_ZONE: ProgramPage = { path: 'loop.md', program: LOOP, kernels: [FIRST!] };
export const LOOP_BY_NODE: ProgramPage = { path: 'loop-by-node.md', program: LOOP, kernels: LATER };
export const ALLOCATOR_PAGE: ProgramPage = { path: 'allocator.md', program: ALLOCATOR, kernels: KERNELS };
export const DIRECT_PAGE: ProgramPage = { path: 'direct-reclaim.md', program: DIRECT_RECLAIM, kernels: KERNELS };

/** Every page about a small-step machine. */
export const programPages: readonly ProgramPage[] = [LOOP_BY_ZONE, LOOP_BY_NODE, ALLOCATOR_PAGE, DIRECT_PAGE];

/** The points that the page tells of, in order. */
export const pagePoints = ({ program, kernels }: ProgramPage): readonly string[] =>
  program.points.filter(
    (point) => point === program.end || kernels.some((k) => program.stepsOf(k)[point] !== undefined),
  );
