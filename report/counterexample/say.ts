import type { DirectRecord, Event, Node, Step, TraceRecord, Turn } from '../../model/index.ts';
import { changesText, mainChanges } from './changes.ts';
import { counted } from './style.ts';

const zoneName = (node: Node, index: number): string => node.zones[index]?.name ?? `zone ${index}`;

/** What a field of a record that is yes or no says, in words. */
const SAID: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  mayWritepage: ['may write', 'may not write'],
  maySwap: ['may swap', 'may not swap'],
  memcgLowReclaim: ['memory.low set aside', 'memory.low kept'],
  forceDeactivate: ['deactivates', 'does not deactivate'],
};

/**
 * A record as one would say it: `shrink Normal, priority 12, order 0, nrToReclaim 96`. Later kernels shrink the node:
 * `shrink up to Normal, priority 12, order 0, nrToReclaim 96, may write, may not swap`.
 */
export function recordText(record: TraceRecord | DirectRecord, node: Node): string {
  const { ev, ...fields } = record;
  const upTo = 'maySwap' in record ? 'up to ' : '';
  const said = Object.entries(fields).map(([name, value]: [string, number | boolean]) => {
    if (typeof value === 'boolean') return SAID[name]?.[value ? 0 : 1] ?? `${name} ${value ? 'yes' : 'no'}`;
    return name === 'zone' ? `${upTo}${zoneName(node, value)}` : `${name} ${value}`;
  });
  return said.length === 0 ? ev : `${ev} ${said.join(', ')}`;
}

/** An event and what it changed: `take 3 blocks of order 0 from Normal (Normal free 9 -> 6)`. */
export function eventText({ event, before, after, records }: Extract<Step, { kind: 'event' }>): string {
  const changes = [changesText(mainChanges(before, after), zoneOf(event, before.node))].filter((text) => text !== '');
  if ('take' in event && changes.length === 0) changes.push('there is none');
  if ('wakeup' in event) changes.push(wakeupText(before.waits.woken, after.waits.woken, records.length > 0));
  const aside = changes.length === 0 ? '' : ` (${changes.join('; ')})`;
  return `${eventName(event, before.node)}${aside}`;
}

/** The zone whose pages an event moves. */
function zoneOf(event: Event, node: Node): string | undefined {
  if ('take' in event) return zoneName(node, event.take.zone);
  if ('lruCacheAdd' in event) return zoneName(node, event.lruCacheAdd.zone);
  return 'give' in event ? zoneName(node, event.give.zone) : undefined;
}

function wakeupText(wokenBefore: boolean, wokenAfter: boolean, traced: boolean): string {
  if (wokenAfter && !wokenBefore) return 'wakes kswapd';
  return traced ? 'recorded, but wakes no one' : 'wakes no one';
}

/** An event as one would say it. */
export function eventName(event: Event, node: Node): string {
  if ('take' in event) {
    const { zone, order, count } = event.take;
    return `take ${counted(count, 'block')} of order ${order} from ${zoneName(node, zone)}`;
  }
  if ('give' in event) {
    const { zone, order, count } = event.give;
    return `give ${counted(count, 'block')} of order ${order} to ${zoneName(node, zone)}`;
  }
  if ('lruCacheAdd' in event) {
    const { zone, pages } = event.lruCacheAdd;
    return `${counted(pages, 'page')} of ${zoneName(node, zone)} ${pages === 1 ? 'becomes' : 'become'} page cache`;
  }
  if ('wakeup' in event) {
    const { zone, order, zoneIdx } = event.wakeup;
    return `wakeup of ${zoneName(node, zone)}, order ${order}, zoneIdx ${zoneIdx}`;
  }
  if ('throttle' in event) return 'a task is throttled';
  if ('pfmemallocCheck' in event) return 'a task checks the reserves';
  if ('bufferHeads' in event) return `buffer heads ${event.bufferHeads ? 'over' : 'within'} their limit`;
  if ('swap' in event) return `free swap becomes ${counted(event.swap, 'page')}`;
  if ('boost' in event) return `boost of ${zoneName(node, event.boost.zone)} becomes ${event.boost.pages}`;
  if ('freeze' in event) return 'freeze';
  if ('stop' in event) return 'stop';
  return event satisfies never;
}

/** What a turn itself does (reclaims, merges, or nothing) and what it changed. */
export function workText(step: Extract<Step, { kind: 'work' }>): string {
  const { at, before, after } = step;
  const byZone = at === 'shrink' && before.thread.balance !== after.thread.balance;
  const shrunk = byZone ? zoneName(before.node, before.thread.balance.zone) : undefined;
  const changes = changesText(mainChanges(before, after), shrunk);
  return changes === '' ? workName(step) : `${workName(step)} (${changes})`;
}

/** What a turn itself does, as one would say it; empty for nothing. */
export function workName({ at, input, before, after }: Extract<Step, { kind: 'work' }>): string {
  switch (at) {
    case 'shrink': {
      const { balance, nodeBalance } = before.thread;
      const byNode = nodeBalance !== after.thread.nodeBalance;
      const [from, to] = byNode ? [nodeBalance, after.thread.nodeBalance] : [balance, after.thread.balance];
      const amounts = `scanned ${to.nrScanned - from.nrScanned}, reclaimed ${to.nrReclaimed - from.nrReclaimed}`;
      return byNode ? `the node: ${amounts}` : `${zoneName(before.node, balance.zone)} ${amounts}`;
    }
    case 'compact':
      return mergeText(input, before.node);
    case 'shortSleep':
    case 'sleep':
      return '';
  }
}

function mergeText({ merge = [] }: Turn, node: Node): string {
  if (merge.length === 0) return 'nothing merged';
  return merge
    .map(({ zone, from, to, count }) => {
      const made = `${counted(count, 'block')} of order ${to} made of order ${from}`;
      return `${zoneName(node, zone)}: ${made}`;
    })
    .join('; ');
}
