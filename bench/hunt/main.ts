/**
 * `npm run bench:hunt`: executions and time until each bug of the history is found, by the hunt, by a check's
 * generators without guidance, and by a plain fast-check harness, in one run. What was measured is kept as it comes:
 * stopped at any moment, it goes on where it was when it is asked for the same again; `--so-far` shows what there is.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bugs } from '../../history/index.ts';
import { startThreads } from '../../search/threads.ts';
import { comparedOf } from './compare.ts';
import { Journal } from './journal.ts';
import { leftOf, runLanes, type Asked } from './lanes.ts';
import { conclusion, markdown } from './markdown.ts';
import type { Outcome } from './searches.ts';

const TABLE = fileURLToPath(new URL('table.md', import.meta.url));
const FOLDER = '.kswapd-spec';

interface Options extends Asked {
  readonly threads: number;
  /** Whether the table is kept beside this file. */
  readonly write: boolean;
  /** Whether nothing more is measured. */
  readonly soFar: boolean;
}

function options(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: 'string', default: '1001' },
      seeds: { type: 'string', default: '20' },
      most: { type: 'string', default: '20000' },
      threads: { type: 'string', default: '1' },
      write: { type: 'boolean', default: false },
      'so-far': { type: 'boolean', default: false },
    },
  });
  const { write, 'so-far': soFar, ...texts } = values;
  const numbers = {
    from: Number(texts.from),
    seeds: Number(texts.seeds),
    most: Number(texts.most),
    threads: Number(texts.threads),
  };
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name}: expected a whole number above 0`);
  }
  const unknown = positionals.filter((id) => !bugs.some((bug) => bug.id === id));
  if (unknown.length > 0) throw new Error(`no such bug: ${unknown.join(', ')}; kswapd-spec history lists them`);
  const chosen = bugs.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
  return { ...numbers, bugs: chosen, write, soFar };
}

async function measure(asked: Options, journal: Journal): Promise<void> {
  const { threads } = asked;
  const pool = startThreads(threads, import.meta.url);
  try {
    await runLanes(
      asked,
      journal,
      threads,
      (task) => pool.run(task) as Promise<readonly Outcome[]>,
      ({ search, ids, seed }) => process.stderr.write(`seed ${seed}, ${search}: ${ids.length} bugs\n`),
    );
  } finally {
    await pool.destroy();
  }
}

async function bench(asked: Options): Promise<void> {
  const { bugs: chosen, from, seeds, most, write, soFar } = asked;
  const journal = new Journal(join(FOLDER, `bench-hunt-${from}-${most}.jsonl`));
  if (!soFar) await measure(asked, journal);
  const compared = comparedOf(chosen, journal.outcomes);
  const left = leftOf(asked, journal);
  const about = [
    `Node ${process.version} on ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, a machine that others use too;`,
    `seeds ${from} to ${from + seeds - 1}, at most ${most.toLocaleString('en-US')} cases each.`,
    'Cases up to the first that shows the bug: the faulty kernel fails it, and the fixed one does not.',
    ...(left === 0
      ? []
      : [`Up to ${left.toLocaleString('en-US')} searches of a bug with a seed are still to be made.`]),
  ].join(' ');
  const text = `${about}\n\n${conclusion(compared, most)}\n\n${markdown(compared, most)}\n`;
  process.stdout.write(text);
  if (write) writeFileSync(TABLE, `# Bugs found again\n\n${text}`);
  if (left === 0) journal.clear();
}

try {
  await bench(options());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
