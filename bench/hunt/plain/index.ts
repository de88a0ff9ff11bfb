import fc from 'fast-check';
import {
  ALLOC_FLAG_NAMES,
  ASKED_FLAG_NAMES,
  gfpOf,
  hasRule,
  highestZone,
  type GfpName,
  type Kernel,
  type ZoneRef,
} from '../../../model/index.ts';
import type { Case, CaseKind } from '../../../properties/index.ts';
import { plainCommands, scriptOf } from './commands.ts';
import { plainWhole } from './machine.ts';
import { PLAIN_LAYOUTS, plainNode, plainNodes, plainSystem, ZONES } from './node.ts';

const oneNode = (k: Kernel) => fc.oneof(...PLAIN_LAYOUTS.map((names) => plainNode(k, names)));

const scenario = (k: Kernel): fc.Arbitrary<Case> =>
  fc.record({ system: plainSystem, node: oneNode(k), commands: plainCommands(k) }).map(({ system, node, commands }) => {
    const script = scriptOf(node, commands);
    return { system, node, script, limit: script.length + 100 };
  });

const question = (k: Kernel): fc.Arbitrary<Case> =>
  fc.record({
    system: plainSystem,
    node: oneNode(k),
    args: fc.record({
      zone: fc.nat(ZONES - 1),
      order: fc.nat(10),
      zoneIdx: fc.nat(ZONES - 1),
      mark: fc.nat(20_000),
      balanceGap: fc.nat(1000),
      allocFlags: fc.subarray([...(hasRule(k, 'shrinkNode') ? ASKED_FLAG_NAMES : ALLOC_FLAG_NAMES)]),
    }),
  });

const setup: fc.Arbitrary<Case> = fc
  .record({
    names: fc.constantFrom(...PLAIN_LAYOUTS),
    sizes: fc.array(fc.tuple(...Array.from({ length: ZONES }, () => fc.nat(1_000_000))), {
      minLength: 1,
      maxLength: 2,
    }),
    onlineCpus: fc.integer({ min: 1, max: 64 }),
    minFreeKbytes: fc.nat(100_000),
    userMinFreeKbytes: fc.integer({ min: -1, max: 100_000 }),
    ratio: fc.integer({ min: 1, max: 512 }),
  })
  .map(({ names, sizes, onlineCpus, minFreeKbytes, userMinFreeKbytes, ratio }) => ({
    nodes: sizes.map((pages, id) => ({
      id,
      zones: names.map((name, i) => ({
        name,
        present: pages[i]!,
        managed: pages[i]!,
        watermark: { min: 0, low: 0, high: 0 },
        percpuDriftMark: 0,
      })),
    })),
    args: {
      totalramPages: sizes.flat().reduce((sum, pages) => sum + pages, 0),
      onlineCpus,
      minFreeKbytes,
      userMinFreeKbytes,
      lowmemReserveRatio: [ratio, ratio],
    },
  }));

const MASKS: readonly (readonly GfpName[])[] = [[], ['HIGHMEM', 'MOVABLE'], ['DMA32'], ['DMA']];

/** It may wait, in the words of any kernel. */
const WAITS: readonly GfpName[] = ['DIRECT_RECLAIM', 'KSWAPD_RECLAIM', 'WAIT'];
const FS: readonly GfpName[] = ['FS'];

const direct = (k: Kernel): fc.Arbitrary<Case> =>
  fc
    .record({
      system: plainSystem,
      nodes: fc.oneof(...PLAIN_LAYOUTS.map((names) => plainNodes(k, names))),
      order: fc.nat(10),
      mask: fc.constantFrom(...MASKS),
      fs: fc.boolean(),
      task: fc.boolean(),
      commands: plainCommands(k),
      answers: fc.array(fc.record({ wake: fc.boolean(), timeout: fc.boolean() }), { minLength: 1, maxLength: 20 }),
    })
    .map(({ system, nodes, order, mask, fs, task, commands, answers }) => {
      const gfpMask = [...mask, ...WAITS, ...(fs ? FS : [])];
      const script = scriptOf(nodes[0], commands).map(({ remaining: _none, ...turn }, i) =>
        Object.assign(turn, answers[i % answers.length]),
      );
      const zonelist = nodes.flatMap(({ zones }, n) =>
        zones.flatMap(({ managed }, z): readonly ZoneRef[] => (managed > 0 ? [[n, z]] : [])).toReversed(),
      );
      const reclaimIdx = highestZone(k, nodes[0], gfpOf(gfpMask));
      const args = { order, gfpMask, nrToReclaim: 32, reclaimIdx };
      const base = { system, nodes, zonelist, args, script };
      return task ? Object.assign(base, { task: [] }) : base;
    });

const KINDS: Readonly<Record<CaseKind, (k: Kernel) => fc.Arbitrary<Case>>> = {
  scenario,
  question,
  setup: () => setup,
  direct,
  machine: plainWhole,
};

/** The cases of a kind that someone draws who knows what the kernel's numbers are, and takes an afternoon for it. */
export const plainCase = (kind: CaseKind, k: Kernel): fc.Arbitrary<Case> => KINDS[kind](k);
