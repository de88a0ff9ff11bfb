import { expect, test } from 'vitest';
import { readRealMachine } from '../../../kernel/zoneinfo/realMachine.ts';
import { machineOf, sample } from './samples.ts';

test.each([
  ['constructed-v3.2-highmem', 'v4.0', 'up to 3.7', 'older than v4.0'],
  ['constructed-v4.0', 'v4.0', '3.8 to 4.7', 'v4.0 among them'],
  ['constructed-v4.10-two-nodes', 'v4.19', '4.10 to 4.11', 'may say sleep too soon'],
  ['constructed-v4.19', 'v4.19', '4.13 to 4.19', 'v4.19 among them'],
  ['constructed-v5.9', 'v5.9', '5.9 to 5.11', 'v5.9 among them'],
  ['v6.1-384m', 'v5.9', '5.16 or later', 'newer than v5.9'],
  ['v6.1-5g-swap', 'v5.9', '5.16 or later', 'newer than v5.9'],
  ['v6.1-384m-boosted', 'v5.9', '5.16 or later', 'newer than v5.9'],
  ['v6.12-1g-swap', 'v5.9', '5.16 or later', 'newer than v5.9'],
  ['v6.12-512m-hopeless', 'v5.9', '5.16 or later', 'newer than v5.9'],
  ['v6.18-24g', 'v5.9', '5.16 or later', 'newer than v5.9'],
])('%s is judged by %s, as of Linux %s: %s', (name, kernel, versions, standing) => {
  const { writtenBy } = machineOf(name);
  expect(writtenBy).toMatchObject({ kernel, versions });
  expect(writtenBy.because).toContain(standing);
});

/** The v5.9 sample without the lines of a field, as an older kernel writes it. */
const without = (...fields: readonly string[]): string =>
  fields.reduce(
    (text, field) => text.replaceAll(new RegExp(`^ *${field} .*\\n`, 'gm'), ''),
    sample('constructed-v5.9.zoneinfo').text,
  );

test.each([
  [['workingset_refault_anon'], '5.4 to 5.8', 'v5.9'],
  [['workingset_refault_anon', 'nr_file_hugepages'], '4.20 to 5.3', 'v5.9'],
  [['workingset_refault_anon', 'nr_file_hugepages', 'nr_kernel_misc_reclaimable'], '4.13 to 4.19', 'v4.19'],
  [
    ['workingset_refault_anon', 'nr_file_hugepages', 'nr_kernel_misc_reclaimable', 'nr_slab_reclaimable'],
    '4.12',
    'v4.19',
  ],
])('without %s it is of Linux %s', (fields, versions, kernel) => {
  const machine = readRealMachine({ zoneinfo: { name: 'x', text: without(...fields) } });
  expect(machine.writtenBy).toMatchObject({ versions, kernel });
});

test('what a distribution ported back does not hide what it is', () => {
  const text = sample('constructed-v4.19.zoneinfo').text.replace(
    /^ {6}nr_dirtied .*$/m,
    '$&\n      nr_file_hugepages 0',
  );
  expect(readRealMachine({ zoneinfo: { name: 'x', text } }).writtenBy.versions).toBe('5.4 to 5.8');
});
