import type { Scope } from '../../../kernel/schema/scope.ts';
import type { Kernel, Machine, Step } from '../../../model/index.ts';
import type { StepProperty } from '../../../properties/index.ts';
import { Expander } from '../expander.ts';
import type { Errand, ErrandResult } from '../helpers.ts';
import { Marks } from '../marks.ts';
import { packingOf, type Packing } from '../packing/packing.ts';
import { coverageOf, markedKernel } from './coverage.ts';
import { judgesOf } from './judges.ts';
import type { Move } from './move.ts';
import { MachineSpace } from './space.ts';

/** The mark of every step. */
export const STEPS = 'steps';

/** The space of a kernel's kswapd in a scope, with every step judged and marked. */
export function judgedSpace(
  kernel: Kernel,
  scope: Scope,
  properties: readonly StepProperty[],
  marks: Marks,
): MachineSpace {
  const judgeStep = judgesOf(kernel, properties, marks);
  const cover = coverageOf(marks);
  const steps = marks.id(STEPS);
  const onStep = (step: Step): void => {
    marks.hit(steps);
    cover(step);
    judgeStep(step);
  };
  return new MachineSpace({ kernel: markedKernel(kernel, marks), scope, marks, onStep });
}

/** Expands chunks of one exploration, in a thread of its own. */
export class Helper {
  readonly #marks = new Marks();
  readonly #expander: Expander<Machine, Move>;
  #version = -1;
  #packing: Packing<Machine> | undefined;

  constructor(kernel: Kernel, scope: Scope, properties: readonly StepProperty[]) {
    this.#expander = new Expander(judgedSpace(kernel, scope, properties, this.#marks), this.#marks);
  }

  expand({ shape, version, chunk }: Errand): ErrandResult<Machine> {
    if (this.#packing === undefined || version !== this.#version) {
      this.#packing = packingOf<Machine>(shape);
      this.#version = version;
    }
    const expansion = this.#expander.expand(this.#packing, chunk);
    const marks = this.#marks.take();
    if ('odd' in expansion) return { expansion, marks };
    const { reached, ends, words } = expansion;
    return { expansion: { reached: reached.slice(0, words), ends: ends.slice(0, chunk.count), words }, marks };
  }
}
