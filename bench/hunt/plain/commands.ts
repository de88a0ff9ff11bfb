import fc from 'fast-check';
import { hasRule, type Event, type Kernel, type ScenarioNode, type Turn } from '../../../model/index.ts';
import { freePages, ZONES } from './node.ts';

/** What a command knows of the machine: pages in use by zone, as far as the commands before it tell. */
interface Model {
  readonly used: number[];
}

/** The script that the commands write. */
interface Real {
  readonly turns: Turn[];
}

const addEvent = ({ turns }: Real, event: Event): void => {
  const { events = [], ...work } = turns.pop() ?? {};
  turns.push({ ...work, events: [...events, event] });
};

/** A command that always may run. */
const always = (name: string, run: (real: Real, model: Model) => void): fc.Command<Model, Real> => ({
  check: () => true,
  run: (model, real) => run(real, model),
  toString: () => name,
});

const blocks = fc.record({
  zone: fc.nat(ZONES - 1),
  order: fc.nat(10),
  count: fc.integer({ min: 1, max: 1000 }),
});

const COMMANDS: readonly fc.Arbitrary<fc.Command<Model, Real>>[] = [
  blocks.map((args) =>
    always(`take(${JSON.stringify(args)})`, (real, { used }) => {
      used[args.zone]! += args.count << args.order;
      addEvent(real, { take: args });
    }),
  ),
  blocks.map((args) => ({
    check: ({ used }) => used[args.zone]! >= args.count << args.order,
    run: ({ used }, real) => {
      used[args.zone]! -= args.count << args.order;
      addEvent(real, { give: args });
    },
    toString: () => `give(${JSON.stringify(args)})`,
  })),
  fc.record({ zone: fc.nat(ZONES - 1), order: fc.nat(10), zoneIdx: fc.nat(ZONES - 1) }).map((args) =>
    always(`wakeup(${JSON.stringify(args)})`, (real) => {
      addEvent(real, { wakeup: { ...args, zoneIdx: Math.max(args.zone, args.zoneIdx) } });
    }),
  ),
  fc.constant(always('throttle', (real) => addEvent(real, { throttle: true }))),
  fc.constant(always('pfmemallocCheck', (real) => addEvent(real, { pfmemallocCheck: true }))),
  fc.boolean().map((over) => always(`bufferHeads(${over})`, (real) => addEvent(real, { bufferHeads: over }))),
  fc.nat(1000).map((pages) => always(`swap(${pages})`, (real) => addEvent(real, { swap: pages }))),
  fc
    .record({
      reclaimed: fc.array(fc.nat(1000), { minLength: ZONES, maxLength: ZONES }),
      scanned: fc.nat(10_000),
    })
    .map(({ reclaimed, scanned }) => {
      const sum = reclaimed.reduce((pages, one) => pages + one, 0);
      return always(`reclaim(${reclaimed.join()})`, ({ turns }) => {
        turns.push({ reclaimed, scanned: Math.max(scanned, sum) });
      });
    }),
  fc.constant(always('idle', ({ turns }) => void turns.push({}))),
  fc.record({ zone: fc.nat(ZONES - 1), pages: fc.nat(1000) }).map((args) => ({
    check: ({ used }) => used[args.zone]! >= args.pages,
    run: ({ used }, real) => {
      used[args.zone]! -= args.pages;
      addEvent(real, { lruCacheAdd: args });
    },
    toString: () => `lruCacheAdd(${JSON.stringify(args)})`,
  })),
  fc
    .constantFrom<Event[]>({ freeze: true }, { stop: true })
    .map((event) => always(JSON.stringify(event), (real) => addEvent(real, event))),
  fc.nat(10).map((remaining) => always(`early(${remaining})`, ({ turns }) => void turns.push({ remaining }))),
];

const BOOST: fc.Arbitrary<fc.Command<Model, Real>> = fc
  .record({ zone: fc.nat(ZONES - 1), pages: fc.nat(1000) })
  .map((boost) => always(`boost(${JSON.stringify(boost)})`, (real) => addEvent(real, { boost })));

/** Commands that are run to write a script for a node. */
export const plainCommands = (k: Kernel): fc.Arbitrary<Iterable<fc.Command<Model, Real>>> =>
  fc.commands([...COMMANDS, ...(hasRule(k, 'pgdatWatermarkBoosted') ? [BOOST] : [])], { maxCommands: 60 });

const inUse = ({ zones }: ScenarioNode): number[] =>
  zones.map((zone) => zone.managed - freePages(zone) - zone.lru.inactiveAnon - zone.lru.inactiveFile);

/** The script that commands write for a node. */
export function scriptOf(node: ScenarioNode, commands: Iterable<fc.Command<Model, Real>>): readonly Turn[] {
  const turns: Turn[] = [];
  fc.modelRun(() => ({ model: { used: inUse(node) }, real: { turns } }), commands);
  return turns;
}
