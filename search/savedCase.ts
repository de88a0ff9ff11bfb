import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, placeOf, readText } from '../kernel/files.ts';
import { InputError } from '../kernel/inputError.ts';
import { parseJson, parseWith } from '../kernel/parse.ts';
import { hasRule, kernels } from '../model/index.ts';
import { caseKind, properties, type Case, type CaseKind, type Property } from '../properties/index.ts';
import { compactJson } from './compactJson.ts';
import type { Lasso } from './explore/liveness/lasso.ts';
import { caseSchemas, earlierCaseSchemas, envelopeSchema } from './savedCaseSchema.ts';

/** A case to be kept: what is given, and what is known of it. */
export interface CaseToSave {
  readonly id: string;
  /** The name of the kernel that it is a case of. */
  readonly kernel: string;
  /** The file that the kernel was loaded from, from the folder of the check on, if it is a user's own. */
  readonly kernelFile?: string;
  /** The id of the property that it fails. */
  readonly property?: string;
  /** The clause that failed, with its numbers. */
  readonly clause?: string;
  /** The seed of the search that found it. */
  readonly seed?: number;
  readonly given: Case;
  /** The turns that go round for ever after those of the case, without what is owed in the end. */
  readonly loop?: Lasso['loop'];
}

/** A case read from a file: a run, a question about a state, a set-up, a direct reclaim, or a whole machine. */
export interface SavedCase extends CaseToSave {
  readonly kind: CaseKind;
}

const HINT = 'a case is written as kswapd-spec check saves it under .kswapd-spec/, or as a line of loop vectors';

/** The case in a file (`-`: on standard input), or an InputError. */
export function readSavedCase(path: string): SavedCase {
  return parseSavedCase(readText(path), placeOf(path));
}

/** The case that a text holds, or an InputError. */
export function parseSavedCase(text: string, where: string): SavedCase {
  const input = parseJson(text, where, HINT);
  const { id, kernel, kernelFile, property, clause, seed, loop } = parseWith(envelopeSchema, input, where, HINT);
  const kind = kindOf(input as object, where);
  checkProperty(property, kind, where);
  const specified = kernels[kernel];
  const schemas = specified !== undefined && !hasRule(specified, 'shrinkNode') ? earlierCaseSchemas : caseSchemas;
  return {
    id,
    kernel,
    ...(kernelFile === undefined ? {} : { kernelFile }),
    ...(property === undefined ? {} : { property }),
    ...(clause === undefined ? {} : { clause }),
    ...(seed === undefined ? {} : { seed }),
    kind,
    given: parseWith<Case>(schemas[kind], input, where, HINT),
    ...(loop === undefined ? {} : { loop: loopIn({ ...(input as object), script: loop, limit: 0 }, kind, where) }),
  };
}

/** The turns that go round for ever, of a case that has them as its script. */
function loopIn(round: object, kind: CaseKind, where: string): Lasso['loop'] {
  if (kind === 'scenario') return parseWith(caseSchemas[kind], round, `${where}, loop`, HINT).script;
  if (kind === 'machine') return parseWith(caseSchemas[kind], round, `${where}, loop`, HINT).script;
  throw new InputError({ what: `a ${kind} has no loop`, where, expected: 'one of a run or of a whole machine' });
}

/** The kind of a case, by the fields that it has. */
function kindOf(input: object, where: string): CaseKind {
  if ('tasks' in input) return 'machine';
  if ('zonelist' in input) return 'direct';
  if ('script' in input) return 'scenario';
  if ('nodes' in input) return 'setup';
  if ('args' in input) return 'question';
  throw new InputError({
    what: 'holds no case',
    where,
    expected:
      'a run (system, node, script, limit), a question (system, node, args), a set-up (nodes, args), a direct ' +
      'reclaim (system, nodes, zonelist, args, script) or a whole machine (system, nodes, tasks, script)',
    found: `the fields ${Object.keys(input).slice(0, 12).join(', ')}`,
    hint: HINT,
  });
}

/** The property that a case names, if it is one of ours. */
export const propertyNamed = (id: string | undefined): Property | undefined =>
  properties.find((property) => property.id === id);

function checkProperty(id: string | undefined, kind: CaseKind, where: string): void {
  const property = propertyNamed(id);
  if (property === undefined || caseKind(property) === kind) return;
  throw new InputError({
    what: `is not the kind of case that ${property.id} is judged on`,
    where,
    expected: `a ${caseKind(property)}`,
    found: `a ${kind}`,
  });
}

/** The paths of the cases saved in a folder, in the order of their names; none if there is no such folder. */
export function listSavedCases(folder: string): readonly string[] {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    return files.toSorted().map((name) => join(folder, name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw new InputError({ what: 'cannot be read', where: folder, found: String(error), expected: 'a folder' });
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/**
 * Saves a case in a folder, which is made if need be, under a name made of its property and its content. The file is
 * there as a whole or not at all. Returns its path.
 */
export function writeSavedCase(folder: string, saved: CaseToSave): string {
  const { id, kernel, kernelFile, property, clause, seed, given, loop } = saved;
  const text = `${compactJson({ id, kernel, kernelFile, property, clause, seed, ...given, loop })}\n`;
  const path = join(folder, `${(property ?? id).replaceAll(/[^\w.-]+/g, '-')}-${contentHash(saved)}.json`);
  try {
    makeFolder(folder);
    writeWhole(path, text);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new InputError({ what: 'the case cannot be saved', where: path, found, hint: 'may you write there?' });
  }
  return path;
}

/** Writes a file so that no one sees a part of it. */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Equal cases of a property have the same name, whichever search found them. */
const contentHash = ({ kernel, property, given, loop }: CaseToSave): string =>
  createHash('sha256').update(JSON.stringify({ kernel, property, given, loop })).digest('hex').slice(0, 8);
