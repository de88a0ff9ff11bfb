import { setUp, type Case } from '../../properties/index.ts';
import {
  WATERMARK_SCALE_FACTOR,
  type Kernel,
  type SetupCase,
  type SetupMachine,
  type SetupZone,
} from '../../model/index.ts';
import { wrap, type Colors } from './style.ts';
import { tableLines } from './table.ts';

const COLUMNS = ['zone', 'present', 'managed', 'min/low/high', 'reserves', 'drift mark'] as const;

/** A set-up: its settings, and every node's zones as set-up leaves them. Quantities are in pages. */
export function setupLines(kernel: Kernel, given: Case, c: Colors): readonly string[] {
  const { before, after } = setUp(kernel, given as SetupCase);
  return [
    c.bold('The settings'),
    ...wrap(settingsText(before), '  '),
    ...after.nodes.flatMap(({ id, zones }) => [
      '',
      c.bold(`Node ${id} after set-up`),
      ...tableLines({ columns: COLUMNS, rows: zones.map((zone, i) => ({ cells: cellsOf(zone, i) })) }, c),
    ]),
    ...wrap(resultText(before, after), '  '),
  ];
}

function cellsOf(zone: SetupZone, index: number): readonly string[] {
  const { min, low, high } = zone.watermark;
  return [
    `${index} ${zone.name}`,
    String(zone.present),
    String(zone.managed),
    `${min}/${low}/${high}`,
    zone.lowmemReserve.join('/'),
    String(zone.percpuDriftMark),
  ];
}

function settingsText({
  totalramPages,
  onlineCpus,
  minFreeKbytes,
  userMinFreeKbytes,
  lowmemReserveRatio,
  watermarkScaleFactor,
  movableIsHighmem,
}: SetupMachine) {
  return [
    `totalram_pages ${totalramPages}`,
    `online cpus ${onlineCpus}`,
    `min_free_kbytes ${minFreeKbytes}`,
    userMinFreeKbytes < 0 ? 'never set by a user' : `set by a user to ${userMinFreeKbytes}`,
    `lowmem_reserve_ratio ${lowmemReserveRatio.join(' ')}`,
    ...(watermarkScaleFactor === WATERMARK_SCALE_FACTOR ? [] : [`watermark_scale_factor ${watermarkScaleFactor}`]),
    ...(movableIsHighmem ? ['Movable is high memory'] : []),
  ].join(', ');
}

const resultText = (before: SetupMachine, after: SetupMachine): string =>
  `min_free_kbytes ${before.minFreeKbytes} -> ${after.minFreeKbytes}, ` +
  `totalreserve_pages ${after.totalreservePages}, page_cluster ${after.pageCluster}`;
