// Finds and keeps the runs that go on for ever without what is owed in the end, which the book shows:
// `npx tsx scripts/keepLassos.ts`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { scopeSchema } from '../kernel/schema/scope.ts';
import { wholeScopeSchema, type AnyScope } from '../kernel/schema/wholeScope.ts';
import { lassoPath } from '../book/lassos.ts';
import { kernels } from '../model/index.ts';
import { allEventualProperties } from '../properties/index.ts';
import { compactJson } from '../search/compactJson.ts';
import { eventualPropertiesOf, explore } from '../search/explore/explore.ts';
import type { Lasso } from '../search/explore/liveness/lasso.ts';
import { readScope, scopePath } from '../search/explore/scopeFile.ts';

const zone = { name: 'Normal', managed: 4, watermark: { min: 0, low: 1, high: 1 }, lowmemReserve: [0], free: [[2]] };

/** Scopes from the smallest on, in which every known failure shows. */
const scopes: readonly AnyScope[] = [
  scopeSchema.parse({
    title: 'A zone of four pages',
    covers: 'Taking, asking and freezing.',
    zones: [{ ...zone, file: [0, 1] }],
    failures: [15],
    turns: { scanned: [0, 1], reclaimed: [0, 1] },
    events: { take: [0], wakeup: [0], freeze: true },
  }),
  scopeSchema.parse({
    title: 'A zone of four pages, high orders',
    covers: 'Taking and asking of order 1.',
    system: { compaction: true },
    zones: [{ ...zone, free: [[0, 1]], file: [1] }],
    failures: [15],
    turns: { scanned: [32], reclaimed: [0, 1] },
    events: { take: [1], wakeup: [1] },
  }),
  wholeScopeSchema.parse({
    title: 'Nothing to reclaim',
    covers: 'A task that is throttled on a node with little free and nothing on its lists.',
    nodes: [{ zones: [{ name: 'Normal', managed: 8, watermark: { min: 4, low: 4, high: 4 }, free: [1] }] }],
    tasks: [{ node: 0, requests: [{ caller: 'kernel', also: ['NORETRY'] }] }],
  }),
  readScope(scopePath('page-cache')),
  readScope(scopePath('no-file-systems')),
  readScope(scopePath('throttled')),
];

const lengthOf = ({ stem, loop }: Lasso): number => stem.script.length + loop.length;

for (const kernel of Object.values(kernels)) {
  const shortest = new Map<string, Lasso>();
  for (const scope of scopes) {
    const eventually = eventualPropertiesOf(scope, allEventualProperties);
    const { eventually: found } = await explore({ kernel, scope, properties: [], eventually });
    for (const { property, lasso } of found) {
      if (lasso === undefined) continue;
      const known = shortest.get(property.id);
      if (known === undefined || lengthOf(lasso) < lengthOf(known)) shortest.set(property.id, lasso);
    }
  }
  for (const { id, verdicts } of allEventualProperties) {
    if (verdicts[kernel.name]?.holds !== false) continue;
    const lasso = shortest.get(id);
    if (lasso === undefined) throw new Error(`no scope shows how ${id} fails in ${kernel.name}`);
    const path = lassoPath(id, kernel.name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${compactJson(lasso)}\n`);
    console.log(`${kernel.name}: ${id}, ${lasso.stem.script.length} turns, a round of ${lasso.loop.length}`);
  }
}
