import { DEF_PRIORITY, type Machine, type Step } from '../model/index.ts';
import { givenUp } from './independent/balance.ts';
import { HOLDS, stepProperty, watchProperty, type Property } from './property.ts';

const BALANCE = 'v4.0 mm/vmscan.c balance_pgdat';
const SHRINK_ZONE = 'v4.0 mm/vmscan.c kswapd_shrink_zone';

const balanceOf = (m: Machine) => m.thread.balance;
const startsShrinking = (step: Step): boolean => step.after.thread.at === 'shrink' && step.at === 'kswapdShrinkZone';

const priorityWalksDown = stepProperty({
  id: 'priority-walks-down',
  family: 'rounds',
  title: 'Priority starts at 12 and walks down to 1',
  statement:
    'A balancing run starts at priority 12; from round to round the number stays or falls by one, and no zone is ' +
    'shrunk at a priority outside 12 to 1.',
  sources: [BALANCE],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'first round': 0.3, 'priority falls': 0.2, 'priority stays': 0.1, 'below 10': 0.05 },
  check: ({ step }, see) => {
    const before = balanceOf(step.before).priority;
    const after = balanceOf(step.after).priority;
    if (step.at === 'balancePgdat') {
      see('first round');
      return after === DEF_PRIORITY ? undefined : { clause: `the run starts at priority ${after}` };
    }
    if (step.at === 'nextRound') see(after < before ? 'priority falls' : 'priority stays');
    if (startsShrinking(step)) {
      if (after < 10) see('below 10');
      if (after < 1 || after > DEF_PRIORITY) return { clause: `a zone is shrunk at priority ${after}` };
    }
    const steps = before - after;
    const allowed = step.at === 'nextRound' ? steps === 0 || steps === 1 : steps === 0;
    return allowed ? undefined : { clause: `priority goes from ${before} to ${after} at ${step.at}` };
  },
});

const priorityFallsForLack = watchProperty({
  id: 'priority-falls-only-for-lack',
  family: 'rounds',
  title: 'Priority falls exactly for lack of scanning or progress',
  statement:
    'Between two rounds the priority number falls exactly when no zone was passed over as balanced or scanned as ' +
    'many pages as were asked of it, or when nothing was reclaimed.',
  sources: [BALANCE, SHRINK_ZONE],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'scanned exactly enough': 0.02, 'nothing reclaimed': 0.1, 'too little scanned': 0.1, stays: 0.1 },
  watch: {
    begin: () => ({ satisfied: false, reclaimed: 0 }),
    next: (seen, step, see) => {
      if (step.at === 'findEndZone') {
        seen.satisfied = false;
        seen.reclaimed = 0;
      } else if (step.at === 'kswapdShrinkZone' && !startsShrinking(step)) {
        seen.satisfied = true;
      } else if (step.at === 'shrink' && step.kind === 'work') {
        const zone = balanceOf(step.before).zone;
        const pages = step.after.node.zones[zone]!.freeArea.pages - step.before.node.zones[zone]!.freeArea.pages;
        seen.reclaimed += pages;
        const scanned = Math.max(step.input.scanned ?? 0, pages);
        const asked = Math.max(32, step.before.node.zones[zone]!.watermark.high);
        if (scanned === asked) see('scanned exactly enough');
        if (scanned >= asked) seen.satisfied = true;
      } else if (step.at === 'nextRound') {
        const fell = balanceOf(step.after).priority < balanceOf(step.before).priority;
        const want = !seen.satisfied || seen.reclaimed === 0;
        see(seen.reclaimed === 0 ? 'nothing reclaimed' : want ? 'too little scanned' : 'stays');
        if (fell === want) return undefined;
        const clause = `the priority ${fell ? 'fell' : 'stayed'} after a round that reclaimed ${seen.reclaimed} pages`;
        return { clause: `${clause} and ${seen.satisfied ? 'scanned enough' : 'scanned too little'}` };
      }
      return undefined;
    },
  },
});

const orderFallsAfterTwice = stepProperty({
  id: 'order-falls-after-twice-its-size',
  family: 'rounds',
  title: 'A high order is given up after twice its size, and never taken up again',
  statement:
    'Within a balancing run the order changes only at the end of a round, only to 0, and exactly when at least 2 ' +
    '<< order pages were reclaimed in that round.',
  keptFor: 'It names the limit at which an order is given up, in the round in which it is.',
  sources: [BALANCE],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'given up': 0.05, 'exactly twice': 0.005, kept: 0.1 },
  check: ({ step }, see) => {
    if (step.at === 'balancePgdat') return undefined;
    const before = balanceOf(step.before);
    const after = balanceOf(step.after);
    const enough = step.at === 'endRound' && before.nrReclaimed >= 2 * 2 ** before.order;
    if (step.at === 'endRound' && before.order > 0) {
      see(enough ? 'given up' : 'kept');
      if (before.nrReclaimed === 2 * 2 ** before.order) see('exactly twice');
    }
    const want = enough ? 0 : before.order;
    if (after.order === want) return undefined;
    return {
      clause: `order ${before.order} became ${after.order} at ${step.at}, with ${before.nrReclaimed} pages reclaimed`,
    };
  },
});

const zonesAscend = watchProperty({
  id: 'zones-are-shrunk-upwards',
  family: 'rounds',
  title: 'Zones are shrunk upwards, and none that is balanced with its gap',
  statement:
    'In a round zones are shrunk in ascending order up to the end zone, each at most once and only populated ' +
    'ones; a zone that is balanced with its gap (its low mark or 1 % of it) for the end zone is left alone unless ' +
    'buffer heads press on high memory.',
  sources: [BALANCE, SHRINK_ZONE],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'several zones': 0.1, 'a zone left alone': 0.1 },
  watch: {
    begin: () => ({ last: -1 }),
    next: (seen, step, see, k) => {
      if (step.at === 'findEndZone') seen.last = -1;
      if (step.at !== 'kswapdShrinkZone') return undefined;
      const { zone: index, endZone, testorder } = balanceOf(step.after);
      if (!startsShrinking(step)) {
        see('a zone left alone');
        return undefined;
      }
      if (seen.last >= 0) see('several zones');
      if (index <= seen.last || index > endZone) {
        return { clause: `zone ${index} is shrunk after zone ${seen.last}, with end zone ${endZone}` };
      }
      seen.last = index;
      const { system, node } = step.before;
      const zone = node.zones[index]!;
      if (zone.present === 0) return { clause: `zone ${index} is shrunk and has no pages` };
      const gap = Math.min(zone.watermark.low, Math.floor((zone.managed + 99) / 100));
      const pressed = system.bufferHeadsOverLimit && zone.name === 'HighMem';
      if (pressed || !k.zoneBalanced(k, system, zone, testorder, gap, endZone)) return undefined;
      return { clause: `${zone.name} is shrunk although it is balanced with a gap of ${gap} pages` };
    },
  },
});

const askedForEnough = stepProperty({
  id: 'a-zone-is-asked-for-its-high-mark',
  family: 'rounds',
  title: 'A zone is asked for its high mark, and 32 pages at least',
  statement: 'Every time a zone is shrunk, max(32, high mark) pages are asked for.',
  keptFor: 'It judges what is asked of reclaim; others only see what comes of it.',
  sources: [SHRINK_ZONE],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'the least': 0.05, 'the high mark': 0.1 },
  check: ({ step }, see) => {
    if (!startsShrinking(step)) return undefined;
    const { zone: index, nrToReclaim } = balanceOf(step.after);
    const { high } = step.before.node.zones[index]!.watermark;
    see(high <= 32 ? 'the least' : 'the high mark');
    const want = Math.max(32, high);
    return nrToReclaim === want ? undefined : { clause: `${nrToReclaim} pages are asked for instead of ${want}` };
  },
});

const givenUpOnlyAtFirst = stepProperty({
  id: 'given-up-zones-only-at-priority-12',
  family: 'rounds',
  title: 'A zone that is given up is shrunk at priority 12 only',
  statement: 'A zone with six times its reclaimable pages scanned is shrunk only in the rounds at priority 12.',
  sources: [BALANCE],
  verdicts: { 'v4.0': HOLDS },
  mustSee: { 'given up, at 12': 0.05, 'below 12': 0.1 },
  check: ({ step }, see) => {
    if (!startsShrinking(step)) return undefined;
    const { zone: index, priority } = balanceOf(step.after);
    const up = givenUp(step.before.system, step.before.node.zones[index]!);
    if (priority < DEF_PRIORITY) see('below 12');
    if (up && priority === DEF_PRIORITY) see('given up, at 12');
    return up && priority < DEF_PRIORITY
      ? { clause: `zone ${index} is given up and shrunk at priority ${priority}` }
      : undefined;
  },
});

/** How a balancing run goes from round to round. */
export const roundProperties: readonly Property[] = [
  priorityWalksDown,
  priorityFallsForLack,
  orderFallsAfterTwice,
  zonesAscend,
  askedForEnough,
  givenUpOnlyAtFirst,
];
