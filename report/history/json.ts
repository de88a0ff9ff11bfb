import type { Searched, ShownBug } from '../../search/history.ts';

/** A bug for programs. */
export const bugJson = ({ bug, property, given, failure, size }: ShownBug, searched: Searched | undefined): object => ({
  id: bug.id,
  title: bug.title,
  landed: bug.landed,
  kind: bug.kind,
  status: bug.status,
  story: bug.story,
  faulty: bug.faulty.name,
  fixed: bug.fixed.name,
  property: property.id,
  clause: failure.clause,
  size,
  ...(searched === undefined ? {} : { searched: { ...searched, ms: Math.round(searched.ms) } }),
  case: given,
});
