import { MAX_ORDER, MIGRATE_TYPES, type Machine, type Node, type NodeBalance, type Zone } from '../../model/index.ts';
import { flagsText } from './nodeTable.ts';

/** A value of the state that a step changed. */
export interface Change {
  /** The zone, or the part of the machine. */
  readonly of: string;
  readonly field: string;
  readonly from: number | string | boolean;
  readonly to: number | string | boolean;
  /** A local variable or a list that only the full account shows. */
  readonly detail: boolean;
}

type Value = Change['from'];
type Fields = Readonly<Record<string, Value>>;

/** Variables of kswapd that a reader follows without being told to look at every detail. */
const FOLLOWED = new Set(['order', 'newOrder', 'classzoneIdx', 'newClasszoneIdx']);
const FOLLOWED_OF_RUN = new Set(['order', 'priority']);
const FOLLOWED_OF_WAITS = new Set(['throttled', 'freezing', 'shouldStop']);

/** Every value that differs between two states of a machine. */
export function changesBetween(before: Machine, after: Machine): readonly Change[] {
  const changes: Change[] = [];
  const compare = (of: string, from: Fields, to: Fields, followed: (field: string) => boolean): void => {
    for (const [field, value] of Object.entries(from)) {
      const now = to[field]!;
      if (now !== value) changes.push({ of, field, from: value, to: now, detail: !followed(field) });
    }
  };
  if (before.node !== after.node) {
    before.node.zones.forEach((zone, i) => changes.push(...zoneChanges(zone, after.node.zones[i]!)));
    compare('pending', pendingFields(before.node), pendingFields(after.node), () => true);
  }
  if (before.system !== after.system) compare('system', { ...before.system }, { ...after.system }, () => true);
  if (before.waits !== after.waits) {
    compare('waits', { ...before.waits }, { ...after.waits }, (field) => FOLLOWED_OF_WAITS.has(field));
  }
  if (before.thread !== after.thread) {
    const { at: _from, balance: run, nodeBalance: nodeRun, ...locals } = before.thread;
    const { at: _to, balance: runAfter, nodeBalance: nodeRunAfter, ...localsAfter } = after.thread;
    const heldUp = localsAfter.remaining > 0;
    compare('kswapd', locals, localsAfter, (field) => FOLLOWED.has(field) || (field === 'remaining' && heldUp));
    compare('run', { ...run }, { ...runAfter }, (field) => FOLLOWED_OF_RUN.has(field));
    compare('run', nodeRunFields(nodeRun), nodeRunFields(nodeRunAfter), (field) => FOLLOWED_OF_RUN.has(field));
  }
  return changes;
}

/** In later kernels the index after the last zone says that nothing is asked. */
const pendingFields = ({ kswapd, zones }: Node): Fields => ({
  ...kswapd,
  zoneIdx: kswapd.zoneIdx === zones.length ? 'none' : kswapd.zoneIdx,
});

/** The pending request in words. */
export const requestText = (node: Node): string => {
  const { order, zoneIdx } = pendingFields(node);
  return `order ${order}, zoneIdx ${zoneIdx}`;
};

const nodeRunFields = ({ zoneBoosts, ...run }: NodeBalance): Fields => ({
  ...run,
  zoneBoosts: zoneBoosts.length === 0 ? 'none' : zoneBoosts.join(' '),
});

function zoneChanges(before: Zone, after: Zone): readonly Change[] {
  if (before === after) return [];
  const changes: Change[] = [];
  const add = (field: string, from: Value, to: Value, detail = false): void => {
    if (from !== to) changes.push({ of: before.name, field, from, to, detail });
  };
  add('free', before.freeArea.pages, after.freeArea.pages);
  // Blocks matter by themselves where their pages only change places.
  const moved = before.freeArea.pages === after.freeArea.pages;
  for (const type of MIGRATE_TYPES) {
    for (let order = 0; order < MAX_ORDER; order++) {
      const blocks = (zone: Zone): number => zone.freeArea.lists[type][order]!;
      add(`${type} blocks of order ${order}`, blocks(before), blocks(after), !moved);
    }
  }
  for (const list of ['inactiveFile', 'activeFile', 'inactiveAnon', 'activeAnon'] as const) {
    add(list, before.lru[list], after.lru[list]);
  }
  add('pagesScanned', before.pagesScanned, after.pagesScanned);
  add('flags', flagsText(before.flags), flagsText(after.flags));
  add('boost', before.boost, after.boost);
  return changes;
}

/** A value as one would say it. */
export const shownValue = (value: Value): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);

/** Subjects that go without saying. */
const SILENT = new Set(['waits', 'system']);

/**
 * Changes in words: `Normal free 120 -> 88, activeFile 9 -> 0; pending order 0 -> 3`. Of a subject that was just named
 * only the fields are said.
 */
export function changesText(changes: readonly Change[], named?: string): string {
  const groups: string[] = [];
  let last: string | undefined;
  for (const { of, field, from, to } of changes) {
    const text = `${field} ${shownValue(from)} -> ${shownValue(to)}`;
    if (of === last) groups[groups.length - 1] += `, ${text}`;
    else groups.push(SILENT.has(of) || of === named ? text : `${of} ${text}`);
    last = of;
  }
  return groups.join('; ');
}

/** The changes that a reader follows. */
export const mainChanges = (before: Machine, after: Machine): readonly Change[] =>
  changesBetween(before, after).filter(({ detail }) => !detail);
