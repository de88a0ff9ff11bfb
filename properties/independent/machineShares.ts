import { ALLOC_FAIR, ZONE_FAIR_DEPLETED, type Memory, type WholeStep, type ZoneRef } from '../../model/index.ts';

/** A zone's share of its node's fresh pages, in pages. */
interface Share {
  /** Less than nothing if the last block was larger. */
  left: number;
  usedUp: boolean;
  /** What was left when shares were last dealt out, and what local passes took since. */
  dealt: number;
  given: number;
}

/** The shares of all zones, kept as an account of what requests take: without a look at the zones after the start. */
export class Shares {
  readonly #nodes: readonly (readonly Share[])[];

  constructor({ pgdats }: Memory) {
    this.#nodes = pgdats.map(({ node }) =>
      node.zones.map(({ alloc, flags }) => {
        const usedUp = (flags & ZONE_FAIR_DEPLETED) !== 0;
        return { left: alloc.batch, usedUp, dealt: usedUp ? 0 : alloc.batch, given: 0 };
      }),
    );
  }

  of([node, zone]: ZoneRef): Readonly<Share> {
    return this.#nodes[node]![zone]!;
  }

  /** Whether another zone of the node gave pages in a local pass since shares were last dealt out. */
  giving(node: number, but: number): boolean {
    return this.#nodes[node]!.some(({ given }, zone) => zone !== but && given > 0);
  }

  /** Memory was added, and all marks with it: who had a share left has a fresh one, and who had none still has none. */
  setUp({ pgdats }: Memory): void {
    for (const [n, { node }] of pgdats.entries()) {
      for (const [z, { watermark }] of node.zones.entries()) {
        const share = this.#nodes[n]![z]!;
        share.left = watermark.high - watermark.low;
        share.dealt = share.left;
        share.given = 0;
      }
    }
  }

  /** A step of the page allocator takes pages, or deals out. */
  follow({ step }: Extract<WholeStep, { of: 'allocation' }>): void {
    const { at, before, after } = step;
    const { page, request } = after.task;
    if (at === 'rmqueue' && page !== null) {
      const share = this.#nodes[page.node]![page.zone]!;
      share.left -= 2 ** request.order;
      if (share.left <= 0) share.usedUp = true;
      if ((before.task.attempt.allocFlags & ALLOC_FAIR) !== 0) share.given += 2 ** request.order;
    }
    for (const record of step.records) {
      if (record.ev !== 'reset_batches') continue;
      const { zones } = before.memory.pgdats[record.node]!.node;
      for (let z = 0; z <= record.zone; z++) {
        const { high, low } = zones[z]!.watermark;
        Object.assign(this.#nodes[record.node]![z]!, { left: high - low, usedUp: false, dealt: high - low, given: 0 });
      }
    }
  }
}
