import fc from 'fast-check';
import { baseOf, v4_0, type Event, type Scenario, type Turn } from '../model/index.ts';
import { generationOf } from './generation.ts';
import { arbitraryState, type Options } from './node.ts';
import { arbitraryPlans } from './script/plan.ts';
import { playPlans } from './script/play.ts';

/** Turns beyond the script in which a run may still come to an end: two rounds at every priority. */
const TURNS_PAST_SCRIPT = 24;

const STOP: readonly Event[] = [{ stop: true }];
const FREEZE_AND_STOP: readonly Event[] = [{ freeze: true }, { stop: true }];

/**
 * A node and what happens to it, in 0 to 60 turns, sized against the kernel that is specified. One in sixteen ends with
 * kswapd being told to stop, at times while the freezer asks it to stand still.
 */
export function arbitraryScenario(options: Options = {}): fc.Arbitrary<Scenario> {
  const { kernel = v4_0 } = options;
  const base = baseOf(kernel);
  const ends = fc.constantFrom(...new Array<undefined>(45).fill(undefined), STOP, STOP, FREEZE_AND_STOP);
  const plans = arbitraryPlans(generationOf(kernel));
  return fc.tuple(arbitraryState(options), plans, ends).map(([{ system, node }, planned, end]) => {
    const played = playPlans(base, { system, node }, planned);
    const script = end === undefined ? played : endedBy(played, end);
    return { system, node, script, limit: script.length + TURNS_PAST_SCRIPT };
  });
}

const endedBy = (script: readonly Turn[], end: readonly Event[]): readonly Turn[] =>
  script.map((turn, i) => (i < script.length - 1 ? turn : { ...turn, events: [...(turn.events ?? []), ...end] }));
