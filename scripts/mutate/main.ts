// Mutation testing of the model: `npm run mutate`, or `npm run mutate -- model/loop` for a part.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { format, resolveConfig } from 'prettier';
import { equivalents, outcomeOf, stale } from './equivalents.ts';
import { mutantsOf, type Mutant, type Report } from './mutants.ts';
import { FOLDER, options, PARTS, RESULTS } from './options.ts';
import { page, total, type Row } from './table.ts';

/** Of the mutants that could be killed, the least share that is. */
const LEAST_SCORE = 0.95;
const PAGE = 'docs/mutation.md';
const TIMES = join(FOLDER, 'times.json');

const readJson = <T>(path: string, otherwise: T): T =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : otherwise;

/** The parts that are named, or all. */
function partsToRun(named: readonly string[]): readonly string[] {
  const parts = Object.keys(PARTS);
  const unknown = named.filter((name) => !parts.includes(name));
  if (unknown.length === 0) return named.length === 0 ? parts : named;
  console.error(`no such part: ${unknown.join(', ')}; there are ${parts.join(', ')}`);
  process.exit(2);
}

/** Runs the mutants of a part that have no result yet, or whose text or tests changed. */
async function mutate(part: string): Promise<void> {
  console.log(`\n${part}`);
  const start = performance.now();
  const tried = await new Stryker({ ...options, mutate: [...PARTS[part]!] }).runMutationTest();
  const times = readJson<Record<string, number>>(TIMES, {});
  const seconds = (performance.now() - start) / 1000;
  // A run that finds its results at hand says nothing of how long they took.
  const had = times[part] ?? 0;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(TIMES, JSON.stringify({ ...times, [part]: tried.length === 0 ? had : Math.max(had, seconds) }));
}

/** The longest of the parts that a file lies in. */
function partOf({ file }: Mutant): string {
  const above = Object.keys(PARTS).filter((part) => file.startsWith(`${part}/`));
  if (file.startsWith('model/alloc/v')) return 'model/alloc/later';
  if (above.length > 0) return above[0]!;
  return /^model\/(setup|kernels|life)\//.test(file) ? 'model/setup' : 'model/state';
}

/** What is known of each part that was run. */
function rowsOf(mutants: readonly Mutant[]): readonly Row[] {
  const times = readJson<Record<string, number>>(TIMES, {});
  return Object.keys(PARTS).flatMap((part) => {
    const own = mutants.filter((mutant) => partOf(mutant) === part);
    if (own.length === 0) return [];
    return [{ part, outcome: outcomeOf(own, equivalents()), seconds: times[part] ?? 0 }];
  });
}

// The processes that Stryker starts read TypeScript as this one does.
process.env['NODE_OPTIONS'] = '--import tsx';

const parts = partsToRun(process.argv.slice(2));
for (const part of parts) await mutate(part);

const mutants = mutantsOf(readJson<Report>(RESULTS, { files: {} }));
const rows = rowsOf(mutants);
const asked = rows.filter(({ part }) => parts.includes(part));
const { killed, survivors, score } = total(asked);
for (const { file, line, text, to } of survivors) console.log(`survived: ${file}:${line} ${text} → ${to}`);
const old = stale(mutants, equivalents());
for (const entry of old) console.log(`listed as equivalent, but no survivor: ${entry}`);
console.log(`${killed} of ${killed + survivors.length} that could be killed were: ${(score * 100).toFixed(1)} %`);
const missing = Object.keys(PARTS).filter((part) => !rows.some((row) => row.part === part));
const style = { ...(await resolveConfig(PAGE)), parser: 'markdown' };
writeFileSync(PAGE, await format(page(rows, missing, equivalents()), style));
if (score < LEAST_SCORE || old.length > 0) process.exitCode = 1;
