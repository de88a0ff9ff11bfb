import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../../kernel/inputError.ts';
import { parseWith } from '../../../kernel/parse.ts';
import { nodeSchema } from '../../../kernel/schema/node.ts';
import { readRealMachine } from '../../../kernel/zoneinfo/realMachine.ts';
import { kernels } from '../../../model/index.ts';
import { explain } from '../../../report/explain/explain.ts';
import { sample, wholeSample } from './samples.ts';

/** One way to spoil a text. `at` and `other` are places in it, from 0 to 1. */
type Damage = (text: string, at: number, other: number, junk: string) => string;

const NUMBER = /\d+/g;

/** The text with its `at`-th number replaced. */
const withNumber = (text: string, at: number, replace: (digits: string) => string): string => {
  const numbers = [...text.matchAll(NUMBER)];
  const chosen = numbers[Math.floor(at * numbers.length)];
  if (chosen === undefined) return text;
  return text.slice(0, chosen.index) + replace(chosen[0]) + text.slice(chosen.index + chosen[0].length);
};

const withLines = (text: string, change: (lines: string[]) => void): string => {
  const lines = text.split('\n');
  change(lines);
  return lines.join('\n');
};

const DAMAGES: Readonly<Record<string, Damage>> = {
  truncated: (text, at) => text.slice(0, Math.floor(at * text.length)),
  beheaded: (text, at) => text.slice(Math.floor(at * text.length)),
  negative: (text, at) => withNumber(text, at, (digits) => `-${digits}`),
  huge: (text, at) => withNumber(text, at, (digits) => `${digits}${'9'.repeat(30)}`),
  notANumber: (text, at, _other, junk) => withNumber(text, at, () => junk),
  fraction: (text, at) => withNumber(text, at, (digits) => `${digits}.5`),
  lineLost: (text, at) => withLines(text, (lines) => lines.splice(Math.floor(at * lines.length), 1)),
  linesLost: (text, at, other) =>
    withLines(text, (lines) => lines.splice(Math.floor(at * lines.length), 1 + Math.floor(other * 20))),
  lineTwice: (text, at) =>
    withLines(text, (lines) => lines.splice(Math.floor(at * lines.length), 0, lines[Math.floor(at * lines.length)]!)),
  linesSwapped: (text, at, other) =>
    withLines(text, (lines) => {
      const [i, j] = [Math.floor(at * lines.length), Math.floor(other * lines.length)];
      [lines[i], lines[j]] = [lines[j]!, lines[i]!];
    }),
  junkInserted: (text, at, _other, junk) =>
    text.slice(0, Math.floor(at * text.length)) + junk + text.slice(Math.floor(at * text.length)),
  binary: (text, at) => text.slice(0, Math.floor(at * 50)) + '\0\u0001\uFFFD\u007F'.repeat(50),
  twice: (text) => text + text,
  onlyJunk: (_text, _at, _other, junk) => junk,
};

const KINDS = ['zoneinfo', 'buddyinfo', 'pagetypeinfo', 'meminfo'] as const;
const SAMPLES = ['v6.1-5g-swap', 'v6.1-384m', 'v6.1-384m-boosted', 'v6.12-1g-swap', 'v6.12-512m-hopeless'] as const;
const CONSTRUCTED = [
  'constructed-v3.2-highmem',
  'constructed-v4.0',
  'constructed-v4.10-two-nodes',
  'constructed-v4.19',
  'constructed-v5.9',
] as const;

/** Below 1, so that it always falls on a place. */
const place = fc.double({ min: 0, max: 0.999, noNaN: true });
const malformed = fc.record({
  name: fc.constantFrom(...SAMPLES, ...CONSTRUCTED),
  kind: fc.constantFrom(...KINDS, 'zoneinfo', 'zoneinfo'),
  damages: fc.array(
    fc.tuple(fc.constantFrom(...Object.keys(DAMAGES)), place, place, fc.string({ unit: 'binary', minLength: 1 })),
    { minLength: 1, maxLength: 3 },
  ),
});

const isWhole = (name: string): boolean => (SAMPLES as readonly string[]).includes(name);

const RUNS = 1500;

test(`${RUNS} malformed texts are legal machines or an InputError, and over two thirds are refused`, () => {
  let refused = 0;
  fc.assert(
    fc.property(malformed, ({ name, kind, damages }) => {
      const files = isWhole(name) ? wholeSample(name) : { zoneinfo: sample(`${name}.zoneinfo`) };
      const spoiled = isWhole(name) ? kind : 'zoneinfo';
      const text = damages.reduce(
        (now, [damage, at, other, junk]) => DAMAGES[damage]!(now, at, other, junk),
        sample(`${name}.${spoiled}`).text,
      );
      try {
        const machine = readRealMachine({ ...files, [spoiled]: { name: spoiled, text } });
        for (const node of machine.nodes) parseWith(nodeSchema, node, name);
        const kernel = kernels[machine.writtenBy.kernel]!;
        expect(explain(kernel, machine, { order: 3 }, name).nodes.length).toBe(machine.nodes.length);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        refused++;
      }
    }),
    { numRuns: RUNS, seed: 20150412 },
  );
  expect(refused / RUNS).toBeGreaterThan(2 / 3);
});
