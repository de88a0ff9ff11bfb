/**
 * `npm run bench:hunt`: executions and time until each bug of the history is found, by the hunt, by a check's
 * generators without guidance, and by a plain fast-check harness, in one run.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bugs } from '../../history/index.ts';
import { compare, type Compared } from './compare.ts';
import { conclusion, markdown } from './markdown.ts';

const TABLE = fileURLToPath(new URL('table.md', import.meta.url));

interface Asked {
  readonly seeds: number;
  /** Most executions for a bug with one seed. */
  readonly most: number;
  readonly ids: readonly string[];
  /** Whether the table is kept beside this file. */
  readonly write: boolean;
}

function asked(): Asked {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '20' },
      most: { type: 'string', default: '20000' },
      write: { type: 'boolean', default: false },
    },
  });
  const numbers = { seeds: Number(values.seeds), most: Number(values.most) };
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name}: expected a whole number above 0`);
  }
  const unknown = positionals.filter((id) => !bugs.some((bug) => bug.id === id));
  if (unknown.length > 0) throw new Error(`no such bug: ${unknown.join(', ')}; kswapd-spec history lists them`);
  return { ...numbers, ids: positionals, write: values.write };
}

function bench({ seeds, most, ids, write }: Asked): void {
  const chosen = bugs.filter(({ id }) => ids.length === 0 || ids.includes(id));
  const compared: Compared[] = [];
  for (const bug of chosen) {
    compared.push(compare(bug, seeds, most));
    process.stderr.write(`${compared.length} of ${chosen.length}: ${bug.id}\n`);
  }
  const about = [
    `Node ${process.version} on ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, one thread; medians over`,
    `${seeds} seeds, at most ${most.toLocaleString('en-US')} cases each.`,
  ].join(' ');
  const text = `${about}\n\n${markdown(compared, most)}\n\n${conclusion(compared, seeds, most)}\n`;
  process.stdout.write(text);
  if (write) writeFileSync(TABLE, `# Bugs found again\n\n${text}`);
}

try {
  bench(asked());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
