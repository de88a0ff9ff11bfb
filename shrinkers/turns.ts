import { describeNode, watchScenario, type Kernel, type Scenario, type Turn } from '../model/index.ts';
import { parts, replaced, steps, without, withoutFields } from './case.ts';

const withScript = (given: Scenario, script: readonly Turn[]): Scenario => ({ ...given, script });

/** The script cut off, or without some of its turns. */
export function* dropTurns(given: Scenario): Generator<Scenario> {
  const { script } = given;
  for (let kept = 0; kept < script.length; kept += Math.ceil((script.length - kept) / 2)) {
    yield withScript(given, script.slice(0, kept));
  }
  for (const { from, count } of parts(script.length)) yield withScript(given, without(script, from, count));
}

/** A run that starts as the kernel has left the node some turns later. */
export function* startLater(k: Kernel, given: Scenario): Generator<Scenario> {
  const { script, limit } = given;
  if (script.length === 0) return;
  const run = watchScenario(k, given);
  const ends = run.steps.filter(({ kind, turn }) => kind === 'resume' && turn < script.length);
  for (const { after, turn } of ends.toReversed()) {
    const rest = script.slice(turn + 1);
    yield { system: after.system, node: describeNode(after.node), script: rest, limit: Math.max(0, limit - turn - 1) };
  }
}

/** Two neighbouring turns as one, with the work of either. */
export function* mergeTurns(given: Scenario): Generator<Scenario> {
  const { script } = given;
  for (let i = script.length - 2; i >= 0; i--) {
    const first = script[i]!;
    const second = script[i + 1]!;
    const events = [...(first.events ?? []), ...(second.events ?? [])];
    for (const work of [first, second]) {
      yield withScript(given, without(replaced(script, i, { ...work, events }), i + 1));
    }
  }
}

/** Turns past the script that a run is given, so that what a simplification delays still happens. */
const TURNS_PAST_SCRIPT = 24;

/** The scenario cut off late, unless it already is. */
export const withRoom = (given: Scenario): Scenario => ({
  ...given,
  limit: Math.max(given.limit, given.script.length + TURNS_PAST_SCRIPT),
});

/** A run that is cut off earlier. */
export function* lowerLimit(given: Scenario): Generator<Scenario> {
  for (const by of steps(given.limit)) yield { ...given, limit: given.limit - by };
}

/** Turns with less in them. */
export function* emptyTurns(given: Scenario): Generator<Scenario> {
  const { script } = given;
  const fields = ['reclaimed', 'scanned', 'merge', 'remaining', 'events'] as const;
  for (const emptier of withoutFields(script, fields)) yield withScript(given, emptier);
  for (let i = 0; i < script.length; i++) yield withScript(given, replaced(script, i, tidyTurn(script[i]!)));
}

/** The turn without what says nothing: empty lists, zeros, and zeros at the end of a list. */
export function tidyTurn(turn: Turn): Turn {
  const { scanned, reclaimed, merge, events, remaining } = turn;
  const last = reclaimed?.findLastIndex((pages) => pages > 0) ?? -1;
  return {
    ...(scanned && { scanned }),
    ...(last >= 0 && { reclaimed: reclaimed!.slice(0, last + 1) }),
    ...(merge && merge.length > 0 && { merge }),
    ...(events && events.length > 0 && { events }),
    ...(remaining && { remaining }),
  };
}

/** The events of a turn done one turn earlier, or the whole of its work. */
export function* moveEarlier(given: Scenario): Generator<Scenario> {
  const { script } = given;
  for (let i = 1; i < script.length; i++) {
    const { events, ...work } = script[i]!;
    const before = script[i - 1]!;
    const joined = [...(before.events ?? []), ...(events ?? [])];
    if (events)
      yield withScript(
        given,
        script.map((turn, t) => (t === i ? work : t === i - 1 ? { ...before, events: joined } : turn)),
      );
    yield withScript(given, replaced(replaced(script, i, before), i - 1, script[i]!));
  }
}
