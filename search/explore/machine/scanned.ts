import { isWholeScope, type AnyScope } from '../../../kernel/schema/wholeScope.ts';
import { hasRule, withSwap, type Kernel, type Lru, type System, type Zone } from '../../../model/index.ts';

/** Scans of all lists of a zone that properties tell apart, whatever a kernel does. */
const PROMISED_SCANS = 6;

/** Pages scanned of a zone, or more, of which no number makes a difference any more, now or later. */
export type MostScanned = (zone: Zone) => number;

/** Whether pages come to the lists in a scope: what is more than a rule asks for now may then be less later. */
export const listsGrowIn = (scope: AnyScope): boolean =>
  isWholeScope(scope)
    ? scope.tasks.some(({ requests }) => requests.some(({ lifetime }) => lifetime === 'cache'))
    : scope.events.lruCacheAdd !== undefined;

const NO_PAGES: Lru = { inactiveAnon: 0, activeAnon: 0, inactiveFile: 0, activeFile: 0 };

const lruPages = (lru: Lru): number => lru.inactiveAnon + lru.activeAnon + lru.inactiveFile + lru.activeFile;

/**
 * How far pages scanned are told apart in a scope: until a kernel's own rule has given the zone up, for the longest
 * lists that it may come to have.
 */
export function mostScannedIn(kernel: Kernel, scope: AnyScope): MostScanned {
  const grow = listsGrowIn(scope);
  const systems = [0, 1].map((slots) => withSwap(scope.system, slots));
  const known = new Map<string, number[]>();
  return (zone) => {
    const longest = grow ? Math.max(zone.managed, lruPages(zone.lru)) : lruPages(zone.lru);
    let most = known.get(zone.name);
    if (most === undefined) known.set(zone.name, (most = [0]));
    while (most.length <= longest) {
      const lists = most.length;
      const asked = systems.map((system) => mostAsked(kernel, system, zone, lists));
      most.push(Math.max(most[lists - 1]!, PROMISED_SCANS * lists, ...asked));
    }
    return most[longest]!;
  };
}

/** The fewest pages scanned that a rule answers to as to all larger numbers, with so many file or anonymous pages. */
function mostAsked(kernel: Kernel, system: System, zone: Zone, pages: number): number {
  if (!hasRule(kernel, 'zoneReclaimable')) return 0;
  const fillings: readonly Partial<Lru>[] = [{ inactiveFile: pages }, { inactiveAnon: pages }];
  return Math.max(
    ...fillings.map((filling) => {
      const lru: Lru = { ...NO_PAGES, ...filling };
      const answer = (pagesScanned: number): boolean =>
        kernel.zoneReclaimable(kernel, system, { ...zone, lru, pagesScanned });
      return firstLike(answer, answer(MANY));
    }),
  );
}

/** More pages than are ever scanned. */
const MANY = 2 ** 40;

/** Where an answer that changes once at most, as pages are scanned, is first what it is in the end. */
function firstLike(answer: (pages: number) => boolean, last: boolean): number {
  let unlike = -1;
  let like = MANY;
  while (like - unlike > 1) {
    const middle = Math.floor((unlike + like) / 2);
    if (answer(middle) === last) like = middle;
    else unlike = middle;
  }
  return like;
}
