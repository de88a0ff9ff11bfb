import { expect, test } from 'vitest';
import { makeBook } from '../../book/book.ts';
import { example, runExample, WrongExample } from '../../book/example.ts';
import { examples } from '../../book/examples/index.ts';
import { deriveKernel, kernels, v4_0 } from '../../model/index.ts';

const asked = examples.flatMap((one) =>
  one.kernels.map((kernel) => ({ kernel, rule: one.rule, title: one.title, one })),
);

test.each(asked)('$kernel $rule: $title', ({ kernel, one }) => {
  expect(() => runExample(kernels[kernel]!, one)).not.toThrow();
});

const wrong = example({
  rule: 'zoneReclaimablePages',
  title: 'Two and two are five',
  zones: [{ name: 'Normal', lru: { inactiveFile: 2, activeFile: 2 } }],
  ask: (k, { system, node }) => k.zoneReclaimablePages(k, system, node.zones[0]!),
  cases: [{ given: {}, expected: 5, worked: '2 + 2' }],
});

test('a wrong example ends the making of the book, and says what was expected and found', () => {
  expect(() => makeBook({ examples: [wrong] })).toThrow(WrongExample);
  expect(() => runExample(v4_0, wrong)).toThrow(/Two and two are five[\s\S]*expected: 5\n {2}found: {4}4/);
});

test('an answer that only a later kernel gives otherwise is asked of that one, and shown in a row of its own', () => {
  const since = { 'v5.9': { expected: 5, worked: 'two and two, and one more' } };
  const changed = { ...wrong, cases: [{ given: {}, expected: 4, worked: '2 + 2', since }] };
  expect(() => runExample(kernels['v4.19']!, changed)).not.toThrow();
  expect(() => runExample(kernels['v5.9']!, changed)).toThrow(/in v5.9[\s\S]*expected: 5\n {2}found: {4}4/);
});

test('a kernel with one rule replaced is found out by an example', () => {
  const generous = deriveKernel(v4_0, { name: 'generous', zoneReclaimable: () => true });
  const ofFirst = examples.filter((one) => one.kernels.includes('v4.0'));
  expect(() => ofFirst.forEach((one) => runExample(generous, one))).toThrow(WrongExample);
});
