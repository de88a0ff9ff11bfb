import type { Marks } from './explainNode.ts';

/** Cells of a bar. */
const BAR_WIDTH = 32;

export interface Bar {
  readonly cells: string;
  /** How free memory stands to the marks. */
  readonly level: 'high' | 'low' | 'min' | 'below';
}

/**
 * Free memory against the marks: filled up to what is free, with m, l and h at the min, low and high mark. The whole
 * bar is four thirds of the high mark; free memory beyond it ends in an arrow.
 */
export function watermarkBar({ min, low, high }: Marks, freePages: number): Bar {
  const full = Math.max(1, (high * 4) / 3);
  const cell = (pages: number): number => Math.min(BAR_WIDTH - 1, Math.floor((pages / full) * BAR_WIDTH));
  const filled = Math.round(Math.min(1, freePages / full) * BAR_WIDTH);
  const cells = [...'█'.repeat(filled), ...'·'.repeat(BAR_WIDTH - filled)];
  if (freePages > full) cells[BAR_WIDTH - 1] = '▶';
  cells[cell(min)] = 'm';
  cells[cell(low)] = 'l';
  cells[cell(high)] = 'h';
  const level = freePages > high ? 'high' : freePages > low ? 'low' : freePages > min ? 'min' : 'below';
  return { cells: cells.join(''), level };
}
