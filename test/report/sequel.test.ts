import { expect, it } from 'vitest';
import { judge, type Property, type RunProperty } from '../../properties/index.ts';
import { v4_0, type Scenario } from '../../model/index.ts';
import { bugs } from '../../history/index.ts';
import { PLAIN, renderCase, watchJudged } from '../../report/counterexample/index.ts';
import { bugStory } from '../../report/history/text.ts';
import { replay, replayJson } from '../../report/replay.ts';
import { propertyNamed, readSavedCase } from '../../search/savedCase.ts';
import { witnessPath } from '../../search/atHand.ts';
import { showBug } from '../../search/history.ts';

const property: Property = propertyNamed('unproductive-reclaim-lets-kswapd-sleep')!;
const saved = readSavedCase(witnessPath('v4.0', property.id)!);
const given = saved.given as Scenario;
const failure = judge(property, v4_0, given)!;
const shown = watchJudged(v4_0, given, property, failure);

it('shows the turns by which a property says that kswapd never sleeps', () => {
  const text = renderCase({ property, kernel: v4_0, kind: 'scenario', given, failure }, PLAIN);
  expect(failure.clause).toContain('after 256 turns');
  expect(text).toContain(`end after ${shown.sequel!.turn + 256} turns: the run is cut off`);
  expect(text).toContain('from here on no request, and nothing to scan:');
  expect(text).toMatch(/… the same 12 turns 19 more times/);
});

it('marks the last of those turns as the one that fails', () => {
  expect(shown.failedStep).toBe(shown.run.steps.length - 1);
  expect(shown.run.machine.thread.at).toBe('shrink');
});

it('goes on as the case did until then', () => {
  const own = watchJudged(v4_0, given, undefined, undefined).run.steps;
  expect(JSON.stringify(shown.run.steps.slice(0, own.length))).toBe(JSON.stringify(own));
});

it('shows how kswapd sleeps in the same environment without the bug', () => {
  const bug = bugs.find(({ id }) => id === 'bb3ab596832b')!;
  const [withIt, withoutIt] = bugStory(showBug(bug), PLAIN).split('Without it:');
  expect(withIt).toMatch(/61 more like this[^]*end after 64 turns: the run is cut off/);
  expect(withoutIt).toMatch(/no request, and productive reclaim:[^]*→ sleep[^]*the script ends while kswapd sleeps/);
});

it('gives programs the same turns, and says where the case itself ends', () => {
  const json = replayJson(replay(saved, v4_0, property)) as { turns: number; sequel: { turn: number } };
  expect(json.turns - json.sequel.turn).toBe(256);
});

it('shows a run as it is where the property says nothing of what follows', () => {
  const plain = propertyNamed('kswapd-never-spins') as RunProperty;
  expect(watchJudged(v4_0, given, plain, undefined).sequel).toBeUndefined();
});
