import { v4_0, type Machine } from '../../model/index.ts';
import { sumOver, type Case } from '../case.ts';
import { MACHINES } from '../machines.ts';

/** Passes over the machines in one run, so that reading the clock does not count. */
const PASSES = 128;
const ORDERS = [0, 3];
const TOP = 2;

interface Asked {
  readonly machine: Machine;
  readonly order: number;
}

const ASKED: readonly Asked[] = Array.from({ length: PASSES }, () =>
  MACHINES.flatMap((machine) => ORDERS.map((order) => ({ machine, order }))),
).flat();

const pgdatBalanced = ({ machine, order }: Asked): number =>
  v4_0.pgdatBalanced(v4_0, machine.system, machine.node, order, TOP) ? 1 : 0;

const zoneWatermarkOk = ({ machine, order }: Asked): number => {
  const zone = machine.node.zones[TOP]!;
  return v4_0.zoneWatermarkOk(v4_0, machine.system, zone, order, zone.watermark.low, TOP, 0) ? 1 : 0;
};

/** Rules by themselves, on a node of three zones in eight states, for orders 0 and 3 by turns. */
export const rules: readonly Case[] = [
  { name: 'pgdatBalanced, 3 zones', unit: 'call', operations: ASKED.length, run: () => sumOver(ASKED, pgdatBalanced) },
  { name: 'zoneWatermarkOk', unit: 'call', operations: ASKED.length, run: () => sumOver(ASKED, zoneWatermarkOk) },
];
