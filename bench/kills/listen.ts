import { changeParts, type PartFunction } from '../../faults/systematic/index.ts';
import type { Kernel } from '../../model/index.ts';

/** A call of a part of a kernel, and what it answered. */
export interface Call {
  readonly part: string;
  readonly as: PartFunction;
  readonly args: readonly unknown[];
  readonly answer: unknown;
}

/**
 * The kernel, listened to: it answers as the one given. Calls that are made while a call is heard are not heard
 * themselves.
 */
export function listenTo(kernel: Kernel, hear: (call: Call) => void): Kernel {
  let hearing = false;
  return changeParts(kernel, (part, as) => (...args) => {
    const answer = as(...args);
    if (hearing) return answer;
    hearing = true;
    try {
      hear({ part, as, args, answer });
    } finally {
      hearing = false;
    }
    return answer;
  });
}

/** Steps and questions of one case, after which a kernel that goes astray is given up. */
const MOST_CALLS = 40_000;

/** A kernel that throws if it does not come to an end. */
export class Bounded {
  readonly kernel: Kernel;
  #calls = 0;

  constructor(kernel: Kernel) {
    this.kernel = changeParts(kernel, (_part, as) => (...args) => {
      if (++this.#calls > MOST_CALLS) throw new Error(`${kernel.name} does not come to an end`);
      return as(...args);
    });
  }

  /** The next case begins. */
  reset(): void {
    this.#calls = 0;
  }
}
