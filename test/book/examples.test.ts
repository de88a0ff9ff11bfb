import { expect, test } from 'vitest';
import { makeBook } from '../../book/book.ts';
import { example, runExample, WrongExample } from '../../book/example.ts';
import { examples } from '../../book/examples/index.ts';
import { deriveKernel, v4_0 } from '../../model/index.ts';

test.each(examples)('$rule: $title', (one) => {
  expect(() => runExample(v4_0, one)).not.toThrow();
});

const wrong = example({
  rule: 'zoneReclaimablePages',
  title: 'Two and two are five',
  zones: [{ name: 'Normal', lru: { inactiveFile: 2, activeFile: 2 } }],
  ask: (k, { system, node }) => k.zoneReclaimablePages(k, system, node.zones[0]!),
  cases: [{ given: {}, expected: 5, worked: '2 + 2' }],
});

test('a wrong example ends the making of the book, and says what was expected and found', () => {
  expect(() => makeBook(v4_0, { examples: [wrong] })).toThrow(WrongExample);
  expect(() => runExample(v4_0, wrong)).toThrow(/Two and two are five[\s\S]*expected: 5\n {2}found: {4}4/);
});

test('a kernel with one rule replaced is found out by an example', () => {
  const generous = deriveKernel(v4_0, { name: 'generous', zoneReclaimable: () => true });
  expect(() => examples.forEach((one) => runExample(generous, one))).toThrow(WrongExample);
});
