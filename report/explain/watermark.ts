import {
  MAX_ORDER,
  v4_0,
  v4_19,
  zonePageState,
  zonePageStateSnapshot,
  type Kernel,
  type System,
  type Zone,
} from '../../model/index.ts';
import { likeRule, type ByRule } from './likeRule.ts';
import type { Clause, NumberTerm } from './terms.ts';

/** A mark; `sum` names it with its numbers. */
interface Mark extends NumberTerm {
  readonly sum: string;
}

/** What one watermark check is asked. `mark` and `free` are in pages. */
interface Check {
  readonly system: System;
  readonly zone: Zone;
  readonly order: number;
  readonly mark: Mark;
  /** Whose reserve is kept. */
  readonly zoneIdx: number;
  readonly free: NumberTerm;
}

type Form = (check: Check) => readonly Clause[];

/** Up to v4.3: all free pages against the mark, then those in blocks of each higher order against one that halves. */
const byOrder: Form = (check) => {
  const { zone, order, mark, free } = check;
  const request = (1 << order) - 1;
  const clauses: Clause[] = [wholeClause(check, 0)];
  let left = free.value - request;
  let min = mark.value;
  for (let o = 0; o < order; o++) {
    left -= zone.freeArea.nrFree[o]! * (1 << o);
    min = Math.floor(min / 2);
    const blocks = `${left + request} in blocks of order ${o + 1} or more`;
    clauses.push({
      id: 'orderWalk',
      holds: left > min,
      left: { value: left, what: blocks + less(request, 'the request') },
      relation: '>',
      right: { value: min, what: `${mark.what} / ${1 << (o + 1)}` },
    });
  }
  return clauses;
};

/** From v4.4 on: all free pages that may be used against the mark, then one block of the order on a list for it. */
const byFreeList: Form = (check) => {
  const { system, zone, order } = check;
  const whole = wholeClause(check, zone.reservedHighatomic);
  if (order === 0) return [whole];
  const { nrFree, lists } = zone.freeArea;
  let blocks = 0;
  let kept = 0;
  for (let o = order; o < MAX_ORDER; o++) {
    const others = lists.highatomic[o]! + (system.cma ? lists.cma[o]! : 0);
    blocks += nrFree[o]! - others;
    kept += others;
  }
  const others = kept === 0 ? '' : `, and ${kept} that it may not use`;
  return [
    whole,
    {
      id: 'freeList',
      holds: blocks > 0,
      left: { value: blocks, what: `free block${blocks === 1 ? '' : 's'} of order ${order} or more${others}` },
      relation: '>',
      right: { value: 0, what: '' },
    },
  ];
};

const FORMS: ByRule<'__zoneWatermarkOk', Form> = new Map([
  [v4_0.__zoneWatermarkOk, byOrder],
  [v4_19.__zoneWatermarkOk, byFreeList],
]);

function wholeClause({ system, zone, order, mark, zoneIdx, free }: Check, highatomic: number): Clause {
  const request = (1 << order) - 1;
  const cma = system.cma ? zone.freeArea.cmaPages : 0;
  const reserve = zone.lowmemReserve[zoneIdx]!;
  const left = free.value - request - highatomic - cma;
  const taken = less(request, 'the request') + less(highatomic, 'the high-order atomic reserve') + less(cma, 'CMA');
  return {
    id: 'watermark',
    holds: left > mark.value + reserve,
    left: { value: left, what: taken === '' ? free.what : `${free.value} ${free.what}${taken}` },
    relation: '>',
    right: {
      value: mark.value + reserve,
      what: reserve === 0 ? mark.what : `${mark.sum} + reserve ${reserve}`,
    },
  };
}

const less = (pages: number, of: string): string => (pages === 0 ? '' : ` − ${pages} of ${of}`);

/** The clauses of one watermark check, as the kernel's version of it makes them. */
export const watermarkClauses = (k: Kernel, check: Check): readonly Clause[] =>
  likeRule(k, '__zoneWatermarkOk', FORMS)(check);

/** The free pages that the careful watermark check goes by, and which counter that is. */
function safeFree(zone: Zone): NumberTerm {
  const cheap = zonePageState(zone);
  const distrusted = zone.percpuDriftMark !== 0 && cheap < zone.percpuDriftMark;
  return distrusted
    ? {
        value: zonePageStateSnapshot(zone),
        what: `free, counted precisely (below the drift mark ${zone.percpuDriftMark})`,
      }
    : { value: cheap, what: 'free' };
}

/** The zone is above its high mark for a request of the order, with the reserve of a zone index kept. */
export function highMarkClauses(
  k: Kernel,
  system: System,
  zone: Zone,
  order: number,
  zoneIdx: number,
): readonly Clause[] {
  const value = k.highWmarkPages(k, zone);
  const { high } = zone.watermark;
  const boosted = zone.boost > 0 && value === high + zone.boost;
  const sum = boosted ? `high mark ${high} + boost ${zone.boost}` : `high mark ${value}`;
  const mark = { value, what: boosted ? sum : 'high mark', sum };
  return watermarkClauses(k, { system, zone, order, mark, zoneIdx, free: safeFree(zone) });
}
