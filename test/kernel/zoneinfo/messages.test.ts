import { expect, test } from 'vitest';
import { InputError, type InputProblem } from '../../../kernel/inputError.ts';
import { type ProcFiles, readRealMachine } from '../../../kernel/zoneinfo/realMachine.ts';
import { sample, wholeSample } from './samples.ts';

function problemOf(files: ProcFiles): InputProblem {
  try {
    readRealMachine(files);
  } catch (error) {
    if (error instanceof InputError) return error.problem;
    throw error;
  }
  throw new Error('was read');
}

/** The problem of a real zoneinfo with one thing changed. */
const garbled = (from: string | RegExp, to: string): InputProblem => {
  const { text } = sample('v6.1-5g-swap.zoneinfo');
  expect(text.search(from)).toBeGreaterThanOrEqual(0);
  return problemOf({ zoneinfo: { name: 'zi', text: text.replace(from, to) } });
};

test.each([
  ['pages free', / {2}pages free {5}695927\n/],
  ['low', / {8}low {6}12666\n/],
  ['present', / {8}present {2}782295\n/],
  ['managed', / {8}managed {2}757808\n/],
  ['nr_zone_active_file', / {6}nr_zone_active_file 4\n/],
  ['protection', / {8}protection: \(0, 0, 1953, 1953, 1953\)\n/],
  ['start_pfn', / {2}start_pfn: {11}4096\n/],
])('a zone without %s is named with the field and its line', (field, line) => {
  expect(garbled(line, '')).toMatchObject({ what: `Node 0, zone DMA32 has no ${field}`, where: 'zi:86' });
});

test('a number that is none, or too large, is named with its line', () => {
  expect(garbled('low      12666', 'low      1266x')).toMatchObject({ where: 'zi:90', found: '"low      1266x"' });
  expect(garbled('low      12666', 'low      -5')).toMatchObject({ what: 'not a line of /proc/zoneinfo' });
  expect(garbled('low      12666', 'low      99999999999').what).toBe(
    'Node 0, zone DMA32: low is not a number of pages',
  );
});

test('marks that do not ascend, and more managed than present pages, are no kernel’s', () => {
  expect(garbled('low      12666', 'low      1').what).toBe('Node 0, zone DMA32: min, low and high do not ascend');
  expect(garbled('managed  757808', 'managed  999999').what).toContain('managed is more than present');
});

test('two readings in one file are refused', () => {
  const { text } = sample('v6.1-5g-swap.zoneinfo');
  expect(problemOf({ zoneinfo: { name: 'zi', text: text + text } }).hint).toContain('one reading');
});

test('other text is refused at its first line', () => {
  expect(problemOf({ zoneinfo: { name: 'zi', text: '{"zones": []}' } }).where).toBe('zi:1');
  expect(problemOf({ zoneinfo: { name: 'zi', text: '' } }).what).toBe('is empty');
});

test('buddyinfo of another machine is refused', () => {
  const zoneinfo = sample('v6.1-5g-swap.zoneinfo');
  const { what } = problemOf({ zoneinfo, buddyinfo: sample('v6.1-384m.buddyinfo') });
  expect(what).toBe('Node 0, zone Normal is missing');
});

test('pagetypeinfo that was cut off, or has an unknown type, is refused', () => {
  const { zoneinfo, pagetypeinfo } = wholeSample('v6.1-5g-swap');
  const lines = pagetypeinfo.text.split('\n');
  const cut = { name: 'pt', text: lines.slice(0, 12).join('\n') };
  expect(problemOf({ zoneinfo, pagetypeinfo: cut }).what).toContain('lacks');
  const odd = { name: 'pt', text: pagetypeinfo.text.replace('HighAtomic', 'HighAtomik') };
  expect(problemOf({ zoneinfo, pagetypeinfo: odd })).toMatchObject({ what: 'an unknown migrate type', where: 'pt:8' });
});

test('meminfo without free swap is refused', () => {
  const zoneinfo = sample('v6.1-5g-swap.zoneinfo');
  expect(problemOf({ zoneinfo, meminfo: { name: 'mi', text: 'MemTotal: 5 kB\n' } }).what).toBe('has no SwapFree');
});
