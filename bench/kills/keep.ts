import { caseKind, judgeOf, type Case, type Property } from '../../properties/index.ts';
import { shrinkCase } from '../../shrinkers/index.ts';
import { Bounded } from './listen.ts';
import type { Matrix, Row } from './matrix.ts';
import type { Suspect } from './suspect.ts';

/** A suspect that one property alone kills, and the smallest case found that shows it to that property and no other. */
export interface AloneIn {
  readonly property: Property;
  /** Suspects that the property kills. */
  readonly kills: number;
  /** Those of them that no other property kills. */
  readonly alone: number;
  readonly suspect?: Suspect;
  readonly given?: Case;
}

/** Most cases tried to make one small: a whole machine takes as long as hundreds of others. */
const MOST_TRIES = { setup: 500, question: 500, direct: 200, scenario: 200, machine: 20 } as const;

const see = (): void => undefined;

/** Whether a case shows a suspect to one property, and neither to the others nor in the sound kernel. */
export function isolates(
  { faulty, sound }: Suspect,
  property: Property,
  others: Iterable<Property>,
  given: Case,
): boolean {
  const kind = caseKind(property);
  try {
    const inSound = judgeOf(sound, kind, given);
    const inFaulty = judgeOf(new Bounded(faulty).kernel, kind, given);
    const tells = (one: Property): boolean => inFaulty(one, see) !== undefined && inSound(one, see) === undefined;
    if (!tells(property)) return false;
    for (const other of others) if (other !== property && caseKind(other) === kind && tells(other)) return false;
    return true;
  } catch {
    return false;
  }
}

/** Bugs before faults that were thought of, and these before mistakes that are made everywhere. */
const rank = ({ suspect }: Row): number => (suspect.mistake !== undefined ? 2 : /^v\d/.test(suspect.id) ? 1 : 0);

/** For each property, what it kills, and the best example of what it alone does. */
export function examplesIn(
  { rows, passed }: Matrix,
  properties: readonly Property[],
  onProgress: (text: string) => void,
): readonly AloneIn[] {
  return properties.map((property) => {
    const own = rows.filter(({ killedBy }) => killedBy.has(property.id));
    const alone = own.filter(({ killedBy }) => killedBy.size === 1).toSorted((a, b) => rank(a) - rank(b));
    const counts = { property, kills: own.length, alone: alone.length };
    onProgress(`${property.id}: ${own.length}, ${alone.length} alone`);
    for (const { suspect, killedBy } of alone.slice(0, 3)) {
      const others = passed.get(suspect.sound)!;
      const fails = (given: Case): boolean => isolates(suspect, property, others, given);
      const given = killedBy.get(property.id)!;
      if (!fails(given)) continue;
      const maxTries = MOST_TRIES[caseKind(property)];
      return {
        ...counts,
        suspect,
        given: shrinkCase(property.over, given, fails, { kernel: suspect.sound, maxTries }).case,
      };
    }
    return counts;
  });
}
