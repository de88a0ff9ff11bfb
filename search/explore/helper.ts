import { Expander } from './expander.ts';
import type { Errand, ErrandResult } from './helpers.ts';
import { Marks } from './marks.ts';
import { packingOf, type Packing } from './packing/packing.ts';
import type { System } from './system.ts';

/** Expands chunks of one exploration, in a thread of its own. */
export class Helper<S, M> {
  readonly #marks = new Marks();
  readonly #expander: Expander<S, M>;
  #version = -1;
  #packing: Packing<S> | undefined;

  constructor(system: System<S, M>) {
    this.#expander = new Expander(system.judged(this.#marks), this.#marks);
  }

  expand({ shape, version, chunk }: Errand): ErrandResult<S> {
    if (this.#packing === undefined || version !== this.#version) {
      this.#packing = packingOf<S>(shape);
      this.#version = version;
    }
    const expansion = this.#expander.expand(this.#packing, chunk);
    const marks = this.#marks.take();
    if ('odd' in expansion) return { expansion, marks };
    const { reached, ends, words } = expansion;
    return { expansion: { reached: reached.slice(0, words), ends: ends.slice(0, chunk.count), words }, marks };
  }
}
