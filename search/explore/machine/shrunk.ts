import type { Scope } from '../../../kernel/schema/scope.ts';
import type { Kernel, Node, System, Turn } from '../../../model/index.ts';
import { combinations } from './starts.ts';

/** What may come of shrinking: so many pages scanned, and so many reclaimed of those that are there. */
export function shrunkOf(
  turns: Pick<Scope['turns'], 'scanned' | 'reclaimed'>,
  k: Kernel,
  system: System,
  node: Node,
  isShrunk: (zone: number) => boolean,
): readonly Required<Pick<Turn, 'scanned' | 'reclaimed'>>[] {
  const amounts = node.zones.map((zone, i) => {
    const most = isShrunk(i) ? k.zoneReclaimablePages(k, system, zone) : 0;
    return [...new Set(turns.reclaimed.map((pages) => Math.min(pages, most)))];
  });
  return combinations(amounts).flatMap((reclaimed) => {
    const least = reclaimed.reduce((sum, pages) => sum + pages, 0);
    const scanned = [...new Set(turns.scanned.map((pages) => Math.max(pages, least)))];
    return scanned.map((pages) => ({ scanned: pages, reclaimed }));
  });
}
