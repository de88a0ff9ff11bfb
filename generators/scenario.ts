import fc from 'fast-check';
import type { Scenario, Turn } from '../model/index.ts';
import { arbitraryState, type Options } from './node.ts';
import { arbitraryPlans } from './script/plan.ts';
import { playPlans } from './script/play.ts';

/** Turns beyond the script in which a run may still come to an end: two rounds at every priority. */
const TURNS_PAST_SCRIPT = 24;

/** A node and what happens to it, in 0 to 60 turns. One in sixteen ends with kswapd being told to stop. */
export function arbitraryScenario(options: Options = {}): fc.Arbitrary<Scenario> {
  const stops = fc.constantFrom(...new Array<boolean>(15).fill(false), true);
  return fc.tuple(arbitraryState(options), arbitraryPlans, stops).map(([{ system, node }, plans, stop]) => {
    const played = playPlans({ system, node }, plans);
    const script = stop ? stopped(played) : played;
    return { system, node, script, limit: script.length + TURNS_PAST_SCRIPT };
  });
}

const stopped = (script: readonly Turn[]): readonly Turn[] =>
  script.map((turn, i) =>
    i < script.length - 1 ? turn : { ...turn, events: [...(turn.events ?? []), { stop: true }] },
  );
