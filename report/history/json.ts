import { corrections } from '../../history/index.ts';
import type { Searched, ShownBug } from '../../search/history.ts';

/** A bug for programs. */
export const bugJson = ({ bug, property, given, failure, size }: ShownBug, searched: Searched | undefined): object => ({
  id: bug.id,
  title: bug.title,
  landed: bug.landed,
  kind: bug.kind,
  status: bug.status,
  story: bug.story,
  ...correctionOf(bug.id),
  faulty: bug.faulty.name,
  fixed: bug.fixed.name,
  property: property.id,
  clause: failure.clause,
  size,
  ...(searched === undefined ? {} : { searched: { ...searched, ms: Math.round(searched.ms) } }),
  case: given,
});

/** What the account of a bug says otherwise than runs show, if it does. */
function correctionOf(id: string): object {
  const found = corrections.find((one) => one.id === id);
  return found === undefined ? {} : { correction: { said: found.said, measured: found.measured } };
}
