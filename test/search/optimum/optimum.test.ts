import { describe, expect, it } from 'vitest';
import { v4_0, v5_9, type Scenario } from '../../../model/index.ts';
import { isAskedOf, judge } from '../../../properties/index.ts';
import { MOST, proofs, prove } from '../../../search/optimum/proofs.ts';
import { optimumIn } from '../../../search/optimum/optimum.ts';
import { scenariosOf } from '../../../search/optimum/scenarios.ts';
import { tinyScope } from '../explore/scopes.ts';

const eventsIn = ({ script }: Scenario): number => script.reduce((sum, { events }) => sum + (events?.length ?? 0), 0);

/** One zone of four pages, two of them free, and one thing that may happen: a request that wakes kswapd. */
const scope = tinyScope({
  failures: [0],
  zones: [{ name: 'DMA', managed: 4, watermark: { min: 0, low: 1, high: 1 }, lowmemReserve: [0], free: [[2]] }],
  turns: { scanned: [0], reclaimed: [0], remaining: [0, 1] },
  events: { wakeup: [1] },
});

describe('the scenarios of a length', () => {
  it('are those that nothing happens in, or the one thing that may, in any of the turns', () => {
    expect([...scenariosOf(v4_0, scope, { events: 0, turns: 2 })].map(({ script }) => script)).toEqual([[{}, {}]]);
    const once = [...scenariosOf(v4_0, scope, { events: 1, turns: 1 })].map(({ script }) => script);
    const events = [{ wakeup: { zone: 0, order: 1, zoneIdx: 0 } }];
    expect(once).toEqual([[{ remaining: 0, events }], [{ remaining: 1, events }]]);
  });

  it('have just so many events and turns, and are all different', () => {
    const all = [...scenariosOf(v5_9, tinyScope(), { events: 2, turns: 2 })];
    expect(all.length).toBeGreaterThan(50);
    for (const given of all) expect([eventsIn(given), given.script.length]).toEqual([2, 2]);
    expect(new Set(all.map((given) => JSON.stringify(given))).size).toBe(all.length);
  });

  it('start with what is pending, with zones that were scanned, and only as machines of the kernel may', () => {
    const starts = tinyScope({
      zones: [{ ...scope.zones[0]!, file: [1], scanned: [0, 6] }],
      pending: [
        { order: 0, zoneIdx: 0 },
        { order: 2, zoneIdx: 0 },
      ],
    });
    const found = [...scenariosOf(v4_0, starts, { events: 0, turns: 0 })].map(({ node }) => [
      node.kswapd.order,
      node.zones[0]!.pagesScanned,
    ]);
    expect(found).toEqual([
      [0, 0],
      [2, 0],
      [0, 6],
      [2, 6],
    ]);
  });
});

describe('the shortest scenario', () => {
  const most = { events: 2, turns: 2 };
  const takesTwice = ({ script }: Scenario): boolean =>
    script.filter(({ events }) => events?.some((event) => 'take' in event)).length === 2;

  it('has the least events, and with these the least turns', () => {
    const found = optimumIn(v4_0, [tinyScope()], takesTwice, { events: 3, turns: 3 });
    expect(found).toMatchObject({ events: 2, turns: 2 });
    expect(takesTwice(found!.given)).toBe(true);
  });

  it('is looked for in all scopes before a longer one is', () => {
    const takes = (given: Scenario): boolean => eventsIn(given) > 0 && JSON.stringify(given.script).includes('take');
    const found = optimumIn(v4_0, [scope, tinyScope()], takes, most);
    expect(found).toMatchObject({ events: 1, turns: 1 });
    expect(found!.given.node.zones[0]!.lru.inactiveFile).toBe(0);
  });

  it('is of no events and no turns if every scenario will do, and none if none will', () => {
    expect(optimumIn(v4_0, [scope], () => true, most)).toMatchObject({ events: 0, turns: 0, tried: 1 });
    expect(optimumIn(v4_0, [scope], () => false, most)).toBeUndefined();
  });

  it('is not looked for beyond the most events and turns', () => {
    const longest = { events: 0, turns: 0 };
    optimumIn(
      v4_0,
      [tinyScope()],
      (given) => {
        longest.events = Math.max(longest.events, eventsIn(given));
        longest.turns = Math.max(longest.turns, given.script.length);
        return false;
      },
      { events: 1, turns: 2 },
    );
    expect(longest).toEqual({ events: 1, turns: 2 });
  });
});

describe('the proofs', () => {
  it('are of bugs of each form of the loop, by properties of runs', () => {
    for (const { bug, property, events, turns } of proofs) {
      expect(['step', 'run']).toContain(property.over);
      expect(isAskedOf(property, bug.faulty)).toBe(true);
      expect(events).toBeLessThanOrEqual(MOST.events);
      expect(turns).toBeLessThanOrEqual(MOST.turns);
    }
    const withEvents = proofs.filter(({ events }) => events > 0).map(({ bug }) => bug.faulty.base);
    expect(withEvents.filter((base) => base === 'v4.0').length).toBeGreaterThan(5);
    expect(withEvents.filter((base) => base !== 'v4.0').length).toBeGreaterThan(5);
  });

  it.each(['9e5e3661727e', 'accf62422b3a', '215ddd6664ce', 'LATENT-2', 'rfc-pgdat-balanced-2026', 'e1a556374abc'])(
    'find the length of %s that is written down, and a scenario that shows it',
    (id) => {
      const proof = proofs.find(({ bug }) => bug.id === id)!;
      const optimum = prove(proof)!;
      expect(optimum).toMatchObject({ events: proof.events, turns: proof.turns });
      expect(judge(proof.property, proof.bug.faulty, optimum.given)).toBeDefined();
      expect(judge(proof.property, proof.bug.fixed, optimum.given)).toBeUndefined();
    },
  );
});
