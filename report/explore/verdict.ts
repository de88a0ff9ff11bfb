import { unjudged, type Exploration, type ExploredOutcome } from '../../search/explore/result.ts';
import { counted } from '../counterexample/style.ts';

/** What came of an exploration in a line, which stands last: as the exit code says it. */
export function verdictText(exploration: Exploration, asked: readonly string[]): string {
  const { properties, eventually, notReached, cutOff } = exploration;
  const found = [...properties, ...eventually];
  const ids = (outcome: ExploredOutcome): readonly string[] =>
    found.filter((one) => one.outcome === outcome).map(({ property }) => property.id);
  const broken = ids('counterexample');
  if (broken.length > 0) return `${counted(broken.length, 'counterexample')}: ${broken.join(', ')}.`;

  const counts = [
    [ids('holds').length, 'hold'],
    [ids('known failure').length, 'fail as they are known to'],
    [ids('does not fail here').length, 'do not fail here, though they are known to'],
    [ids('not judged').length, 'not judged'],
    [notReached.length, 'not reached'],
  ] as const;
  const told = counts.flatMap(([count, said]) => (count === 0 ? [] : [`${count} ${said}`])).join(', ');
  if (cutOff !== undefined) return `Cut off: ${told}.`;
  const undecided = ids('not decided');
  if (undecided.length > 0) return `Not decided: ${undecided.join(', ')}.`;
  const left = unjudged(exploration, asked);
  if (left.length > 0) return `Not judged, though asked for: ${left.join(', ')}.`;
  const isJudged = found.some(({ outcome }) => outcome !== 'not judged');
  return isJudged ? `All as specified: ${told}.` : 'Nothing was judged.';
}
