import fc from 'fast-check';
import { kernels, type Kernel } from '../../model/index.ts';
import { caseKind, isAskedOf, judgeOf, type Case, type CaseKind, type Property } from '../../properties/index.ts';
import { arbitraryOf } from '../../search/arbitraries.ts';
import { Bounded } from './listen.ts';
import { screen, type Screened } from './screen.ts';
import type { Suspect } from './suspect.ts';

/** Cases of each kind that are drawn, and of these the most that a suspect is judged on: those that it shows in. */
const CASES: Readonly<Record<CaseKind, { readonly drawn: number; readonly judged: number }>> = {
  setup: { drawn: 300, judged: 30 },
  question: { drawn: 800, judged: 60 },
  direct: { drawn: 200, judged: 20 },
  scenario: { drawn: 300, judged: 25 },
  machine: { drawn: 60, judged: 4 },
};
const KINDS = Object.keys(CASES) as readonly CaseKind[];

/** What came of a suspect. */
export interface Row {
  readonly suspect: Suspect;
  /** Cases in which it does something else than the sound kernel. */
  shown: number;
  /** Cases on which it throws, or does not come to an end. */
  broke: number;
  /** Ids of the properties that fail in it, and do not in the sound kernel, each with the first case that shows it. */
  readonly killedBy: Map<string, Case>;
}

export interface Plan {
  readonly kernel: Kernel;
  readonly properties: readonly Property[];
  readonly suspects: readonly Suspect[];
  readonly seed: number;
  /** Times as many cases as usual. */
  readonly times: number;
  readonly onProgress: (text: string) => void;
}

/** A suspect that breaks so often is given up: it would be noticed without any property. */
const MOST_BROKEN = 3;

/** Whole machines take long: a suspect that two properties have noticed is not run on more of them. */
const ENOUGH = 2;

/** Judges the cases that a suspect shows in by the properties that the sound kernel passes. */
function judgeSuspect(row: Row, kind: CaseKind, cases: readonly Case[], properties: Iterable<Property>): void {
  const bounded = new Bounded(row.suspect.faulty);
  let left = [...properties];
  for (const given of cases) {
    if (left.length === 0 || row.broke >= MOST_BROKEN) break;
    if (kind === 'machine' && row.killedBy.size >= ENOUGH) break;
    row.shown++;
    bounded.reset();
    try {
      const judge = judgeOf(bounded.kernel, kind, given);
      left = left.filter((property) => {
        if (judge(property, () => undefined) === undefined) return true;
        row.killedBy.set(property.id, given);
        return false;
      });
    } catch {
      row.broke++;
    }
  }
}

/** What may tell a faulty kernel from a specified one: its promises; from another one: all that its base is asked. */
export const mayTell = (sound: Kernel, property: Property): boolean =>
  isAskedOf(property, sound) && (sound !== kernels[sound.base] || property.verdicts[sound.base]!.holds);

/** The properties that a sound kernel passes on all drawn cases. */
export type Passed = ReadonlyMap<Kernel, ReadonlySet<Property>>;

export interface Matrix {
  readonly rows: readonly Row[];
  readonly passed: Passed;
}

/** Which suspects of a kernel each property kills. */
export function matrixOf({ kernel, properties, suspects, seed, times, onProgress }: Plan): Matrix {
  const passedBy = new Map<Kernel, Set<Property>>();
  const rows = new Map<string, Row>();
  const rowOf = (suspect: Suspect): Row => {
    const row = rows.get(suspect.id) ?? { suspect, shown: 0, broke: 0, killedBy: new Map<string, Case>() };
    rows.set(suspect.id, row);
    return row;
  };
  for (const suspect of suspects) rowOf(suspect);
  const sounds = new Set([kernel, ...suspects.map(({ sound }) => sound)]);
  for (const kind of KINDS) {
    const ofKind = properties.filter((property) => caseKind(property) === kind);
    if (ofKind.length === 0) continue;
    const { drawn, judged } = CASES[kind];
    const cases = fc.sample(arbitraryOf(kind, { kernel }), { seed, numRuns: drawn * times });
    for (const sound of sounds) {
      const own = suspects.filter((suspect) => suspect.sound === sound);
      const asked = ofKind.filter((property) => mayTell(sound, property));
      const mistakeIn = () => sound === kernel;
      const { screened, passed } = screen(sound, kind, cases, asked, own, { most: judged * times, mistakeIn });
      passedBy.set(sound, new Set([...(passedBy.get(sound) ?? []), ...passed]));
      onProgress(`${sound.name}, ${kind}: ${screened.length} suspects, ${passed.size} of ${asked.length} properties`);
      for (const [i, { suspect, cases: places }] of screened.entries()) {
        judgeSuspect(rowOf(suspect), kind, placesOf(cases, places), passed);
        if (i % 50 === 49) onProgress(`  ${i + 1}`);
      }
    }
  }
  return { rows: [...rows.values()], passed: passedBy };
}

const placesOf = (cases: readonly Case[], places: Screened['cases']): readonly Case[] =>
  places.map((place) => cases[place]!);
