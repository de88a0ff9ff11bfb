import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readLines } from '../../kernel/files.ts';
import { InputError } from '../../kernel/inputError.ts';
import { v4_0 } from '../../model/index.ts';
import { isAskedOf, judgeOf, properties } from '../../properties/index.ts';
import { PLAIN, renderCase } from '../../report/counterexample/index.ts';
import { listSavedCases, parseSavedCase, readSavedCase, writeSavedCase } from '../../search/savedCase.ts';
import { caseJsonSchema } from '../../search/savedCaseSchema.ts';
import { vectorFile } from '../kernel/vectors.ts';
import { casesToSave, lostRequest, question } from './cases.ts';
import { malformedFiles } from './malformed.ts';

const folder = mkdtempSync(join(tmpdir(), 'kswapd-spec-'));
afterAll(() => rmSync(folder, { recursive: true }));

const loopVectors = readLines(vectorFile('loops')).map(({ text }) => text);

describe('a saved case', () => {
  test.each(casesToSave)('is read as it was saved: $id', (saved) => {
    const path = writeSavedCase(folder, saved);
    const { kind, ...read } = readSavedCase(path);
    expect(read).toEqual(saved);
    expect(kind).toBe('script' in saved.given ? 'scenario' : 'nodes' in saved.given ? 'setup' : 'question');
  });

  test('is named for its property and its content, whichever seed found it', () => {
    const [saved] = casesToSave;
    const path = writeSavedCase(folder, saved!);
    expect(basename(path)).toMatch(/^a-request-is-recorded-[\da-f]{8}\.json$/);
    expect(writeSavedCase(folder, { ...saved!, seed: 1, clause: 'said otherwise' })).toBe(path);
    expect(writeSavedCase(folder, { ...saved!, given: { ...lostRequest, limit: 99 } })).not.toBe(path);
    expect(basename(writeSavedCase(folder, { ...casesToSave[2]!, id: '../a b/c' }))).toMatch(/^\.\.-a-b-c-/);
  });

  test('leaves nothing else behind, and is made in a folder that may not exist yet', () => {
    const inner = join(folder, 'not', 'there');
    expect(listSavedCases(inner)).toEqual([]);
    const path = writeSavedCase(inner, casesToSave[0]!);
    writeFileSync(join(inner, 'notes.txt'), 'not a case');
    expect(readdirSync(inner).toSorted()).toEqual([basename(path), 'notes.txt'].toSorted());
    expect(listSavedCases(inner)).toEqual([path]);
  });

  test('that cannot be saved is an InputError', () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    expect(() => writeSavedCase(file, casesToSave[0]!)).toThrow(InputError);
    expect(() => listSavedCases(file)).toThrow(InputError);
  });

  test('is JSON for people: what fits stands on one line', () => {
    const lines = readFileSync(writeSavedCase(folder, casesToSave[0]!), 'utf8').split('\n');
    expect(lines.slice(0, 6).join('\n')).toMatchInlineSnapshot(`
      "{
        "id": "a lost request",
        "kernel": "v4.0",
        "property": "a-request-is-recorded",
        "clause": "the second request is not recorded",
        "seed": -7,"
    `);
    expect(lines).toContain('        "free": { "movable": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3] },');
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  test('may be gzipped, and may be a line of loop vectors', () => {
    const path = join(folder, 'vector.json.gz');
    writeFileSync(path, gzipSync(loopVectors[0]!));
    expect(readSavedCase(path)).toMatchObject({ id: 'v4.0-dev-loop-00001', kernel: 'v4.0', kind: 'scenario' });
    for (const text of loopVectors) expect(parseSavedCase(text, 'a vector').kind).toBe('scenario');
  });

  test.each([
    [
      'of the wrong kind for its property',
      { ...question, id: 'x', kernel: 'v4.0', property: 'no-throttled-task-left' },
    ],
    ['without a case', { id: 'x', kernel: 'v4.0' }],
    ['without a kernel', { id: 'x', ...question }],
    [
      'that asks about a zone that is not there',
      { id: 'x', kernel: 'v4.0', ...question, args: { ...question.args, zone: 2 } },
    ],
    ['of a run without end', { id: 'x', kernel: 'v4.0', ...lostRequest, limit: 1_000_000 }],
  ])('%s is an InputError', (_what, value) => {
    expect(() => parseSavedCase(JSON.stringify(value), 'a file')).toThrow(InputError);
  });
});

describe('the JSON Schema of saved cases', () => {
  const schema = z.fromJSONSchema(caseJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);

  test('accepts what is saved, and loop vectors', () => {
    for (const saved of casesToSave) {
      const text = readFileSync(writeSavedCase(folder, saved), 'utf8');
      expect(schema.safeParse(JSON.parse(text)).success).toBe(true);
    }
    for (const text of loopVectors) expect(schema.safeParse(JSON.parse(text)).success).toBe(true);
  });

  test('refuses a case without its kernel, or with a negative number of pages', () => {
    expect(schema.safeParse({ id: 'x', ...lostRequest }).success).toBe(false);
    const broken = { id: 'x', kernel: 'v4.0', ...question, args: { ...question.args, mark: -1 } };
    expect(schema.safeParse(broken).success).toBe(false);
  });
});

test('of 1,200 damaged files at least 70 % are refused by an InputError, and the others are cases that run', () => {
  const path = join(folder, 'damaged.json');
  let refused = 0;
  let accepted = 0;
  for (const bytes of malformedFiles(loopVectors.slice(0, 100), 1200, 7)) {
    writeFileSync(path, bytes);
    try {
      const { kind, given } = readSavedCase(path);
      accepted++;
      const judge = judgeOf(v4_0, kind, given);
      for (const property of properties) if (isAskedOf(property, v4_0)) judge(property, () => {});
      renderCase({ kernel: v4_0, kind, given }, PLAIN);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refused++;
    }
  }
  expect(refused + accepted).toBe(1200);
  expect(refused).toBeGreaterThanOrEqual(840);
  expect(accepted).toBeGreaterThan(0);
});
