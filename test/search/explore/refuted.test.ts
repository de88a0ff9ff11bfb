import { describe, expect, test } from 'vitest';
import { deriveKernel, v4_0, type Turn } from '../../../model/index.ts';
import { eventualProperties } from '../../../properties/index.ts';
import { explorationText } from '../../../report/explore/text.ts';
import { explore } from '../../../search/explore/explore.ts';
import { EVENT, Kinds } from '../../../search/explore/liveness/kinds.ts';
import type { KswapdLasso } from '../../../search/explore/liveness/lasso.ts';
import { refuted } from '../../../search/explore/liveness/verify.ts';
import { kswapdSystem } from '../../../search/explore/machine/system.ts';
import { Search } from '../../../search/explore/search.ts';
import { exploreExitCode } from '../../../search/explore/result.ts';
import { tinyScope } from './scopes.ts';

const scope = tinyScope();
const system = kswapdSystem(v4_0, scope, [], eventualProperties);
const { eventually } = await explore({ kernel: v4_0, scope, properties: [], eventually: eventualProperties });
const endless = eventually.find(({ property }) => property.id === 'kswapd-left-alone-sleeps')!.lasso as KswapdLasso;

/** What is said of a lasso that is said to break a promise. */
function said(id: string, lasso: KswapdLasso): string | undefined {
  const owed = system.owedOn(new Search(system.bare()).state(0)).find(({ property }) => property.id === id)!;
  return refuted(system, { owed, who: 0, lasso, kinds: new Kinds([owed], system.isEvent), over: EVENT });
}

const round = (turn: (given: Turn, at: number) => Turn): KswapdLasso => ({ ...endless, loop: endless.loop.map(turn) });

describe('a lasso that is run', () => {
  test('shows what it is said to, if it goes round for ever and gives nothing', () => {
    expect(said('kswapd-left-alone-sleeps', endless)).toBeUndefined();
  });

  test('shows nothing if kswapd sleeps in the round after all', () => {
    const scanned = round((turn) => ({ ...turn, scanned: 1 }));
    expect(said('kswapd-left-alone-sleeps', scanned)).toBe('what is owed is given in the round');
  });

  test('shows nothing if the round ends elsewhere', () => {
    const short = { ...endless, loop: endless.loop.slice(1) };
    expect(said('kswapd-left-alone-sleeps', short)).toBe('the round does not lead back');
  });

  test('shows nothing if other tasks go on in it', () => {
    const busy = round((turn, at) =>
      at === 3 ? { ...turn, events: [{ wakeup: { zone: 0, order: 0, zoneIdx: 0 } }] } : turn,
    );
    expect(said('kswapd-left-alone-sleeps', busy)).toMatch('should have ceased');
  });

  test('shows nothing where a chance is refused that the promise rests on', () => {
    expect(said('kswapd-that-scans-sleeps', endless)).toBe('a chance that comes in the round is not taken');
  });

  test('shows nothing where nothing is owed', () => {
    expect(said('a-stop-is-obeyed', endless)).toBe('nothing is owed where the round begins');
  });

  test('shows nothing if it is said to be at its end, and goes on', () => {
    expect(said('kswapd-left-alone-sleeps', { ...endless, loop: [] })).toBe('it goes on where it seems to end');
  });
});

describe('a kernel that tells states apart that a search does not', () => {
  // No zone is given up, so that pages scanned are told apart only as far as properties do: up to 12.
  const kernel = deriveKernel(v4_0, {
    name: 'counting',
    zoneReclaimable: () => true,
    pgdatBalanced: (k, given, node, order, zoneIdx) =>
      node.zones[0]!.pagesScanned > 30 || v4_0.pgdatBalanced(k, given, node, order, zoneIdx),
  });

  test('is told that what was found shows nothing, and has no counterexample of it', async () => {
    const asked = eventualProperties.filter(({ id }) => id === 'kswapd-that-scans-sleeps');
    const exploration = await explore({ kernel, scope, properties: [], eventually: asked });
    expect(exploration.eventually).toMatchObject([
      { outcome: 'not decided', why: 'what is owed is given in the round' },
    ]);
    expect(exploration.eventually[0]!.lasso).toBeUndefined();
    expect(exploreExitCode(exploration)).toBe(3);
    expect(explorationText(exploration, false)).toMatch(
      /^\? not decided +kswapd-that-scans-sleeps .*is given in the round$/m,
    );
  });
});
