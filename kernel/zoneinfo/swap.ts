import type { ZoneinfoText } from './parse.ts';

/** Whether there is free swap, guessed from what zoneinfo shows of its use: one page stands for "some". */
export function guessSwap(text: ZoneinfoText): { readonly swapPages: number; readonly because: string } {
  const fields = [...text.nodes.values(), ...text.zones.map((zone) => zone.fields)];
  const sum = (name: string): number =>
    fields.reduce((total, counters) => total + Number(counters.get(name)?.digits ?? 0), 0);
  for (const name of ['nr_swapcached', 'nr_vmscan_write']) {
    if (!fields.some((counters) => counters.has(name))) continue;
    const count = sum(name);
    return count > 0
      ? { swapPages: 1, because: `zoneinfo does not show free swap, but ${name} is ${count}; give --meminfo` }
      : { swapPages: 0, because: `zoneinfo does not show free swap, and ${name} is 0; give --meminfo` };
  }
  return { swapPages: 0, because: 'zoneinfo does not show free swap, nor any use of it; give --meminfo' };
}
