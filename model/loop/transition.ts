import type { Kernel } from '../kernel.ts';
import type { Outcome } from '../outcome.ts';
import type { Turn } from '../scenario.ts';
import type { Machine } from '../state/machine.ts';
import type { Point } from '../state/thread.ts';

/** A stretch of the loop that kswapd runs without waiting. */
export interface Transition {
  /**
   * Every point where it may leave kswapd. The loop's diagram is drawn from these, and tests hold runs against them.
   */
  readonly to: readonly Point[];
  /** What it does, in one sentence. */
  readonly does: string;
  readonly step: (k: Kernel, m: Machine) => Outcome;
}

/** A place where kswapd hands over to its environment and goes on when a turn resumes it. */
export interface Yield {
  readonly to: readonly Point[];
  readonly does: string;
  /** What it waits for, in a few words. */
  readonly waitsFor: string;
  /** What the turn itself does, before the events that other tasks cause. */
  readonly work: (k: Kernel, m: Machine, turn: Turn) => Machine;
  /** kswapd goes on after the turn, or undefined if it waits for another one. */
  readonly resume: (k: Kernel, m: Machine, turn: Turn) => Machine | undefined;
}
