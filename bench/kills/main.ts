/**
 * `npm run kills`: which bugs and faulty kernels each property notices, and which it alone does. `--write` keeps what
 * came of it in faults/kills/ and docs/strength.md; `--page` writes the page from what is kept. Exits with 1 if a
 * property is unique in nothing and does not say what it is kept for.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { InputError } from '../../kernel/inputError.ts';
import { kernels } from '../../model/index.ts';
import { isAskedOf, properties } from '../../properties/index.ts';
import { examplesIn } from './keep.ts';
import { FOLDER, keptOf, readKept, writeKept, type KeptKills } from './kept.ts';
import { matrixOf } from './matrix.ts';
import { killsPage, PAGE } from './page.ts';
import { objectionTo, worthOf } from './summary.ts';
import { tabled } from './suspect.ts';

const OPTIONS = {
  kernel: { type: 'string', multiple: true },
  seed: { type: 'string', default: '1' },
  times: { type: 'string', default: '1' },
  write: { type: 'boolean', default: false },
  page: { type: 'boolean', default: false },
} as const;

interface Asked {
  readonly names: readonly string[];
  readonly seed: number;
  /** Times as many cases as usual. */
  readonly times: number;
  readonly write: boolean;
  /** Nothing is judged: what is kept is told. */
  readonly page: boolean;
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InputError({
    what: 'is no number of cases',
    where: option,
    expected: 'a whole number above 0',
    found: text,
  });
}

function asked(): Asked {
  const { values } = parseArgs({ options: OPTIONS });
  const names = values.kernel ?? Object.keys(kernels);
  for (const found of names) {
    if (kernels[found] !== undefined) continue;
    const expected = `one of ${Object.keys(kernels).join(', ')}`;
    throw new InputError({ what: 'is no kernel that is specified', where: '--kernel', expected, found });
  }
  const [seed, times] = [wholeNumber('--seed', values.seed), wholeNumber('--times', values.times)];
  return { names, seed, times, write: values.write, page: values.page };
}

const progress = (text: string): void => void process.stderr.write(`${text}\n`);

/** Judges a kernel's faults by its properties. */
function judged(name: string, { seed, times }: Asked): KeptKills {
  const suspects = tabled.filter(({ sound }) => sound.base === name);
  const matrix = matrixOf({ kernel: kernels[name]!, properties, suspects, seed, times, onProgress: progress });
  const own = properties.filter((property) => isAskedOf(property, kernels[name]!));
  return keptOf({ kernel: name, seed, times }, matrix.rows, examplesIn(matrix, own, progress));
}

function run(plan: Asked): void {
  const { names, write, page } = plan;
  const made = page ? [] : names.map((name) => judged(name, plan));
  if (write) {
    mkdirSync(FOLDER, { recursive: true });
    for (const one of made) writeKept(one);
  }
  const of = (name: string): KeptKills | undefined => made.find(({ kernel }) => kernel === name) ?? readKept(name);
  const all = Object.keys(kernels).flatMap((name) => of(name) ?? []);
  const worth = worthOf(properties, all);
  const text = killsPage(all, worth);
  if (write || page) writeFileSync(PAGE, text);
  else process.stdout.write(text);
  const objections = worth.flatMap((one) => objectionTo(one) ?? []);
  for (const objection of objections) progress(objection);
  process.exitCode = objections.length > 0 ? 1 : 0;
}

try {
  run(asked());
} catch (error) {
  progress(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
