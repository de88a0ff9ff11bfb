import { expect, it, test } from 'vitest';
import { bugs } from '../../../history/index.ts';
import { runBug, tellsApart } from '../../../search/litmus/bugs.ts';

it.each(bugs)('the smallest case of $id always shows it, and never without it', (bug) => {
  expect(runBug(bug)).toMatchObject({ withIt: 'always', withoutIt: 'never' });
});

test('a case that comes out alike with a bug and without it does not tell the two apart', () => {
  const [bug] = bugs;
  const result = runBug({ ...bug!, fixed: bug!.faulty });
  expect(result.withoutIt).toBe('always');
  expect(tellsApart(result)).toBe(false);
});
