/**
 * K1 once more, as fast as one can make it by hand: two words a state, every rule on their bits, one table. It is what
 * an explorer of readable models is measured against.
 *
 * Low word, 12 bits a zone: n0 (4), n1 (2), lru (2), scanned (4). High word, from bit 0 on: at (4), order, newOrder,
 * zoneIdx, newZoneIdx, balancedOrder, balancedZoneIdx, pending order, pending zoneIdx, remaining, woken (1 each),
 * priority (2), runOrder, endZone, zone (1 each), reclaimed (3), raise (1).
 */
const CHECK = 0;
const TRY1 = 1;
const SHORT = 2;
const TRY2 = 3;
const FULL = 4;
const AFTER = 5;
const BALANCE = 6;
const ROUND = 7;
const SHRINK = 8;
const ROUND_END = 9;
const ORDER = 4;
const NEW_ORDER = 5;
const ZONE_IDX = 6;
const NEW_ZONE_IDX = 7;
const BALANCED_ORDER = 8;
const BALANCED_ZONE_IDX = 9;
const PENDING_ORDER = 10;
const PENDING_ZONE_IDX = 11;
const REMAINING = 12;
const WOKEN = 13;
const PRIORITY = 14;
const RUN_ORDER = 16;
const END_ZONE = 17;
const ZONE = 18;
const RECLAIMED = 19;
const RAISE = 22;
const RUN = 0xff << PRIORITY;

const bit = (hi: number, at: number): number => (hi >>> at) & 1;
const put = (hi: number, at: number, value: number): number => (hi & ~(1 << at)) | (value << at);
const at = (hi: number, point: number): number => (hi & ~15) | point;

const n0 = (z: number): number => z & 15;
const n1 = (z: number): number => (z >>> 4) & 3;
const lru = (z: number): number => (z >>> 6) & 3;
const scanned = (z: number): number => (z >>> 8) & 15;
const zoneWord = (a: number, b: number, l: number, s: number): number => a | (b << 4) | (l << 6) | (s << 8);
const zoneOf = (lo: number, z: number): number => (lo >>> (12 * z)) & 0xfff;
const withZone = (lo: number, z: number, zone: number): number => (lo & ~(0xfff << (12 * z))) | (zone << (12 * z));

const wmok = (zone: number, z: number, order: number, mark: number, zoneIdx: number): boolean => {
  const left = n0(zone) + 2 * n1(zone) - order;
  return left > mark + (z === 0 && zoneIdx === 1 ? 1 : 0) && (order === 0 || left - n0(zone) > mark >> 1);
};
const reclaimable = (zone: number): boolean => scanned(zone) < 6 * lru(zone);
const fragmented = (zone: number): boolean => {
  if (n1(zone) > 0 || n0(zone) === 0) return false;
  const index = 1000 - (((1000 + 500 * n0(zone)) / n0(zone)) | 0);
  return index >= 0 && index <= 500;
};
const suitable = (zone: number, z: number, zoneIdx: number): boolean =>
  wmok(zone, z, 1, 1 + z, zoneIdx) || (wmok(zone, z, 0, 5 + z, zoneIdx) && !fragmented(zone));
const zoneBalanced = (zone: number, z: number, order: number, gap: number, zoneIdx: number): boolean =>
  wmok(zone, z, order, 2 + z + gap, zoneIdx) && (order === 0 || suitable(zone, z, zoneIdx));
const fine = (zone: number, z: number, order: number): boolean =>
  !reclaimable(zone) || zoneBalanced(zone, z, order, 0, z);
const nodeBalanced = (lo: number, order: number, zoneIdx: number): boolean => {
  const a = fine(lo & 0xfff, 0, order);
  const b = zoneIdx === 1 && fine(zoneOf(lo, 1), 1, order);
  if (order === 0) return a && (zoneIdx === 0 || b);
  return (a ? 4 : 0) + (b ? 4 : 0) >= (4 * (zoneIdx + 1)) >> 2;
};

const wakeup = (lo: number, hi: number, z: number, order: number, zoneIdx: number): number => {
  let now = hi;
  if (bit(now, PENDING_ORDER) < order) {
    now = put(put(now, PENDING_ORDER, order), PENDING_ZONE_IDX, Math.min(bit(now, PENDING_ZONE_IDX), zoneIdx));
  }
  const point = now & 15;
  const waits = point >= TRY1 && point <= FULL && bit(now, WOKEN) === 0;
  return waits && !zoneBalanced(zoneOf(lo, z), z, order, 0, 0) ? put(now, WOKEN, 1) : now;
};
const serving = (lo: number, order: number, zoneIdx: number, above: number): number => {
  for (let z = zoneIdx; z >= 0; z--) if (wmok(zoneOf(lo, z), z, order, above + z, zoneIdx)) return z;
  return -1;
};

const endRun = (hi: number): number => {
  const ended = put(put(hi, BALANCED_ORDER, bit(hi, RUN_ORDER)), BALANCED_ZONE_IDX, bit(hi, END_ZONE));
  return at(ended & ~(RUN | (1 << RAISE)), CHECK);
};
const nextZone = (hi: number): number =>
  bit(hi, ZONE) >= bit(hi, END_ZONE) ? at(put(hi, ZONE, 0), ROUND_END) : put(hi, ZONE, 1);

/** An exact search; the states, moves and depth that it comes to. */
export function searchByHand(): { readonly states: number; readonly transitions: number; readonly depth: number } {
  const CAPACITY = 1 << 23;
  const MASK = CAPACITY - 1;
  const table = new Int32Array(CAPACITY * 2).fill(-1);
  const states = new Int32Array(1 << 23);
  let count = 0;
  let transitions = 0;

  const add = (lo: number, hi: number): void => {
    let hash = Math.imul(lo, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15) ^ hi, 0x85ebca6b);
    let slot = (hash ^ (hash >>> 13)) & MASK;
    for (; table[slot * 2 + 1] !== -1; slot = (slot + 1) & MASK) {
      if (table[slot * 2] === lo && table[slot * 2 + 1] === hi) return;
    }
    table[slot * 2] = lo;
    table[slot * 2 + 1] = hi;
    states[count * 2] = lo;
    states[count * 2 + 1] = hi;
    count++;
  };
  const reach = (lo: number, hi: number): void => {
    transitions++;
    add(lo, hi);
  };

  const allocate = (lo: number, hi: number, zoneIdx: number, order: number): void => {
    let z = serving(lo, order, zoneIdx, 1);
    let asked = hi;
    if (z < 0) {
      for (let i = zoneIdx; i >= 0; i--) asked = wakeup(lo, asked, i, order, zoneIdx);
      z = serving(lo, order, zoneIdx, 0);
    }
    if (z < 0) return reach(lo, asked);
    const zone = zoneOf(lo, z);
    const taken = order === 1 ? zone - 16 : n0(zone) > 0 ? zone - 1 : zone - 16 + 1;
    reach(withZone(lo, z, taken), asked);
    if (lru(zone) + 1 + order <= 2) reach(withZone(lo, z, taken + ((1 + order) << 6)), asked);
  };
  const environment = (lo: number, hi: number): void => {
    for (let zoneIdx = 0; zoneIdx < 2; zoneIdx++) {
      for (let order = 0; order < 2; order++) allocate(lo, hi, zoneIdx, order);
    }
    for (let z = 0; z < 2; z++) {
      const zone = zoneOf(lo, z);
      if (4 - n0(zone) - 2 * n1(zone) - lru(zone) === 0) continue;
      reach(withZone(lo, z, (zone & 0xff) + 1), hi);
      if (n0(zone) > 0) reach(withZone(lo, z, (zone & 0xff) - 1 + 16), hi);
    }
  };

  const shrink = (lo: number, hi: number): void => {
    const z = bit(hi, ZONE);
    const zone = zoneOf(lo, z);
    const priority = (hi >>> PRIORITY) & 3;
    if (priority !== 3 && !reclaimable(zone)) return reach(lo, nextZone(hi));
    const endZone = bit(hi, END_ZONE);
    const runOrder = bit(hi, RUN_ORDER);
    const testOrder = runOrder === 1 && suitable(zone, z, endZone) ? 0 : runOrder;
    if (zoneBalanced(zone, z, testOrder, 1, endZone)) return reach(lo, nextZone(put(hi, RAISE, 0)));
    const [a, b, l, s] = [n0(zone), n1(zone), lru(zone), scanned(zone)];
    const scan = l === 0 ? 0 : Math.max(1, l >> (priority - 1));
    const after = nextZone(scan >= 2 ? put(hi, RAISE, 0) : hi);
    reach(withZone(lo, z, zoneWord(a, b, l, Math.min(s + scan, 6 * l))), after);
    for (let r = 1; r <= Math.min(scan, 2); r++) {
      for (let k = 0; k <= r && a + r - 2 * k >= 0; k++) {
        reach(withZone(lo, z, zoneWord(a + r - 2 * k, b + k, l - r, 0)), after + (r << RECLAIMED));
      }
    }
  };
  const check = (lo: number, hi: number): void => {
    let now = hi;
    if (bit(now, BALANCED_ZONE_IDX) >= bit(now, NEW_ZONE_IDX) && bit(now, BALANCED_ORDER) === bit(now, NEW_ORDER)) {
      now = put(put(now, NEW_ORDER, bit(now, PENDING_ORDER)), NEW_ZONE_IDX, bit(now, PENDING_ZONE_IDX));
      now = put(put(now, PENDING_ORDER, 0), PENDING_ZONE_IDX, 1);
    }
    const harder = bit(now, ORDER) < bit(now, NEW_ORDER) || bit(now, ZONE_IDX) > bit(now, NEW_ZONE_IDX);
    if (!harder) return reach(lo, at(now, TRY1));
    reach(lo, at(put(put(now, ORDER, bit(now, NEW_ORDER)), ZONE_IDX, bit(now, NEW_ZONE_IDX)), BALANCE));
  };
  const after = (lo: number, hi: number): void => {
    const order = bit(hi, PENDING_ORDER);
    const zoneIdx = bit(hi, PENDING_ZONE_IDX);
    let now = put(put(put(put(hi, ORDER, order), NEW_ORDER, order), ZONE_IDX, zoneIdx), NEW_ZONE_IDX, zoneIdx);
    now = put(put(now, PENDING_ORDER, 0), PENDING_ZONE_IDX, 1);
    reach(lo, at(now, BALANCE));
  };
  const round = (lo: number, hi: number): void => {
    for (let z = 1; z >= 0; z--) {
      const zone = zoneOf(lo, z);
      if (((hi >>> PRIORITY) & 3) !== 3 && !reclaimable(zone)) continue;
      if (zoneBalanced(zone, z, bit(hi, RUN_ORDER), 0, 0)) continue;
      const begun = put(put(put(hi, END_ZONE, z), ZONE, 0), RAISE, 1) & ~(7 << RECLAIMED);
      return reach(lo, at(begun, SHRINK));
    }
    reach(lo, endRun(hi));
  };
  const roundEnd = (lo: number, hi: number): void => {
    const reclaimed = (hi >>> RECLAIMED) & 7;
    let now = bit(hi, RUN_ORDER) === 1 && reclaimed >= 4 ? put(hi, RUN_ORDER, 0) : hi;
    if (bit(hi, RAISE) === 1 || reclaimed === 0) now -= 1 << PRIORITY;
    now &= ~((7 << RECLAIMED) | (1 << RAISE));
    const again = ((now >>> PRIORITY) & 3) >= 1 && !nodeBalanced(lo, bit(now, RUN_ORDER), bit(now, BALANCED_ZONE_IDX));
    reach(lo, again ? at(now, ROUND) : endRun(now));
  };
  const balance = (hi: number): number => {
    const begun = put(put(hi, BALANCED_ZONE_IDX, bit(hi, ZONE_IDX)), RUN_ORDER, bit(hi, ORDER));
    return at(put(begun | (3 << PRIORITY), END_ZONE, 0), ROUND);
  };
  const step = (lo: number, hi: number): void => {
    const isBalanced = (): boolean => nodeBalanced(lo, bit(hi, BALANCED_ORDER), bit(hi, BALANCED_ZONE_IDX));
    switch (hi & 15) {
      case CHECK:
        return check(lo, hi);
      case TRY1:
        return reach(lo, at(hi, isBalanced() ? SHORT : TRY2));
      case SHORT:
        return reach(lo, at(put(put(hi, REMAINING, bit(hi, WOKEN)), WOKEN, 0), TRY2));
      case TRY2: {
        const rests = bit(hi, REMAINING) === 0 && isBalanced();
        return reach(lo, put(rests ? at(hi, FULL) : at(put(hi, WOKEN, 0), AFTER), REMAINING, 0));
      }
      case FULL:
        return bit(hi, WOKEN) === 1 ? reach(lo, at(put(hi, WOKEN, 0), AFTER)) : undefined;
      case AFTER:
        return after(lo, hi);
      case BALANCE:
        return reach(lo, balance(hi));
      case ROUND:
        return round(lo, hi);
      case SHRINK:
        return shrink(lo, hi);
      default:
        return roundEnd(lo, hi);
    }
  };

  const free = zoneWord(0, 2, 0, 0);
  const ones = (1 << ZONE_IDX) | (1 << NEW_ZONE_IDX) | (1 << BALANCED_ZONE_IDX) | (1 << PENDING_ZONE_IDX);
  add(free | (free << 12), CHECK | ones);
  let depth = 0;
  let levelEnd = 1;
  for (let i = 0; i < count; i++) {
    if (i === levelEnd) {
      depth++;
      levelEnd = count;
    }
    const lo = states[i * 2]!;
    const hi = states[i * 2 + 1]!;
    environment(lo, hi);
    step(lo, hi);
  }
  return { states: count, transitions, depth };
}
