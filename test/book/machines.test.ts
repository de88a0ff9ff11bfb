import { expect, test } from 'vitest';
import { makeBook } from '../../book/book.ts';
import { kernels, runWhole, type WholeScenario } from '../../model/index.ts';
import { parseSavedCase } from '../../search/savedCase.ts';

test('the scenario on the page about machines is a file that replays: all requests are served', () => {
  const page = makeBook().get('machines.md')!;
  const [, json = ''] = /```json\n([\s\S]*?)\n```/.exec(page)!;
  const { kind, kernel, given } = parseSavedCase(json, 'machines.md');
  expect([kind, kernel]).toEqual(['machine', 'v5.9']);
  const { end, machine } = runWhole(kernels[kernel]!, given as WholeScenario);
  expect([end, machine.tasks.map(({ served }) => served)]).toEqual(['quiet', [3]]);
});
