import { expect, it, test } from 'vitest';
import { bugs } from '../../../history/index.ts';
import type { Scenario } from '../../../model/index.ts';
import { runBug, tellsApart } from '../../../search/litmus/bugs.ts';
import { caseShape } from '../../../search/litmus/shape.ts';
import { sentencesIn } from './sentences.ts';

it.each(bugs)('the smallest case of $id always shows it, and never without it', (bug) => {
  const result = runBug(bug);
  expect(result).toMatchObject({ withIt: 'always', withoutIt: 'never' });
  expect(result.name).toMatch(/^\d+-(zone|node)s?(\+[\w×-]+)*$/);
  expect(sentencesIn(result.why)).toBe(2);
  expect(result.why).toContain(result.shown.failure.clause);
});

test('a case that comes out alike with a bug and without it does not tell the two apart', () => {
  const [bug] = bugs;
  const result = runBug({ ...bug!, fixed: bug!.faulty });
  expect(result.withoutIt).toBe('always');
  expect(tellsApart(result)).toBe(false);
});

test('a shape names what tasks do in a case, in their order, and how often', () => {
  const { shown } = runBug(bugs.find(({ id }) => id === 'LATENT-5')!);
  const given = shown.given as Scenario;
  expect(caseShape('scenario', given)).toBe('1-zone+wakeup');
  const more = { ...given, script: [...given.script, ...given.script, { remaining: 3, events: [{ freeze: true }] }] };
  expect(caseShape('scenario', more as Scenario)).toBe('1-zone+wakeup×2+time-left+freeze');
});
