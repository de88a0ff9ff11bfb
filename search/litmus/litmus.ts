import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readText } from '../../kernel/files.ts';
import { InputError } from '../../kernel/inputError.ts';
import { parseJson, parseWith } from '../../kernel/parse.ts';
import { eventSchema } from '../../kernel/schema/scenario.ts';
import { kernels, type Event, type Scenario } from '../../model/index.ts';
import type { Case, CaseKind, Property } from '../../properties/index.ts';
import { parseSavedCase, propertyNamed, type SavedCase } from '../savedCase.ts';
import { scriptsOf } from './ways.ts';

/** How often what a litmus case asks about happens, of all the ways in which its events may fall. */
export const OUTCOMES = ['never', 'sometimes', 'always'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A small named case: a shape, the failure it asks about, and whether that happens in each kernel. */
export interface Litmus {
  /** What its shape is made of, such as `wakeup+freeze`. */
  readonly name: string;
  /** Why it comes out as it does, in two sentences. */
  readonly why: string;
  /** Whether the property fails, by kernel name. */
  readonly expect: Readonly<Record<string, Outcome>>;
  readonly property: Property;
  readonly kind: CaseKind;
  readonly given: Case;
  /** Events that may each happen in any turn of the script; all ways are tried. */
  readonly anywhere: readonly Event[];
}

const text = z.string().min(1).max(2000);

const envelopeSchema = z.object({
  name: text,
  why: text,
  property: text,
  expect: z.partialRecord(z.enum(Object.keys(kernels) as [string, ...string[]]), z.enum(OUTCOMES)),
  anywhere: z.array(eventSchema).exactOptional(),
});

/** Most ways in which the events of a case may fall. */
const MOST_WAYS = 4096;

const HINT = 'a litmus case is a saved case with its name, why, property, expect and perhaps anywhere';

/** The litmus case that a text holds, or an InputError. */
export function parseLitmus(written: string, where: string): Litmus {
  const input = parseJson(written, where);
  const { name, why, property: id, expect, anywhere = [] } = parseWith(envelopeSchema, input, where, HINT);
  const [kernel] = Object.keys(expect);
  const property = propertyNamed(id);
  if (property === undefined || kernel === undefined) {
    throw new InputError({
      what:
        property === undefined ? `names a property ${id}, which is not known here` : 'expects nothing of any kernel',
      where,
      hint: 'kswapd-spec check --list shows all properties; expect has an outcome for each kernel',
    });
  }
  const parse = (changes: object): SavedCase =>
    parseSavedCase(JSON.stringify({ ...(input as object), ...changes, id: name, kernel }), where);
  const { kind, given } = parse({});
  const litmus: Litmus = { name, why, expect: expect as Litmus['expect'], property, kind, given, anywhere };
  checkAnywhere(litmus, where);
  // That the events fit the case is seen where they stand in it.
  if (anywhere.length > 0) parse({ script: scriptsOf(litmus).next().value });
  return litmus;
}

function checkAnywhere({ kind, given, anywhere }: Litmus, where: string): void {
  if (anywhere.length === 0) return;
  const turns = kind === 'scenario' ? (given as Scenario).script.length : 0;
  const ways = turns ** anywhere.length;
  if (ways >= 1 && ways <= MOST_WAYS) return;
  throw new InputError({
    what: 'has events that may happen anywhere',
    where,
    expected: `a run with a script, and at most ${MOST_WAYS} ways for them to fall`,
    found: kind === 'scenario' ? `${turns} turns, ${ways} ways` : `a ${kind}`,
  });
}

const FOLDER = fileURLToPath(new URL('../../litmus/', import.meta.url));

/** All litmus cases, by name. */
export const litmusCases = (): readonly Litmus[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted()
    .map((name) => parseLitmus(readText(`${FOLDER}${name}.json`), `litmus/${name}.json`));
