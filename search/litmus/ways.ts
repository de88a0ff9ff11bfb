import type { Event, Scenario, Turn } from '../../model/index.ts';
import type { Case } from '../../properties/index.ts';
import type { Litmus } from './litmus.ts';

/** The script with one event more in a turn, after those that are there. */
const withEvent = (script: readonly Turn[], turn: number, event: Event): readonly Turn[] =>
  script.map((one, i) => (i === turn ? { ...one, events: [...(one.events ?? []), event] } : one));

/** Every way in which the events may fall on the turns of a script. */
function* placements(script: readonly Turn[], events: readonly Event[]): Generator<readonly Turn[]> {
  const [event, ...rest] = events;
  if (event === undefined) {
    yield script;
    return;
  }
  for (let turn = 0; turn < script.length; turn++) yield* placements(withEvent(script, turn, event), rest);
}

/** Every script that a litmus case of a run stands for. */
export function* scriptsOf({ given, anywhere }: Pick<Litmus, 'given' | 'anywhere'>): Generator<readonly Turn[]> {
  yield* placements((given as Scenario).script, anywhere);
}

/** Every case that a litmus case stands for. */
export function* waysOf(litmus: Pick<Litmus, 'given' | 'anywhere'>): Generator<Case> {
  if (litmus.anywhere.length === 0) yield litmus.given;
  else for (const script of scriptsOf(litmus)) yield { ...(litmus.given as Scenario), script };
}
