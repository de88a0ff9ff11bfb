/**
 * `npm run bench:shrink`: how near the shrinkers come to the shortest scenario that shows a bug of the history, as an
 * exhaustive search of small machines proves it.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { proofs } from '../../search/optimum/proofs.ts';
import { compare, type Compared } from './compare.ts';
import { conclusion, markdown } from './markdown.ts';

const TABLE = fileURLToPath(new URL('table.md', import.meta.url));

const HEAD = `# Bugs made small

Each bug is looked for with many seeds, as \`check\` draws cases, and what is found is shrunk. Beside it stands what an
exhaustive search of machines of one or two small zones proves: the least events by which the bug shows there, and with
these the least turns. All scenarios of fewer events, in up to three turns, were tried. \`npm run bench:shrink\` does
so anew.
`;

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: 'string', default: '1001' },
      seeds: { type: 'string', default: '100' },
      write: { type: 'boolean', default: false },
    },
  });
  const [from, seeds] = [Number(values.from), Number(values.seeds)];
  for (const [name, value] of Object.entries({ from, seeds })) {
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name}: expected a whole number above 0`);
  }
  const unknown = positionals.filter((id) => !proofs.some(({ bug }) => bug.id === id));
  if (unknown.length > 0) {
    throw new Error(
      `nothing is proved of ${unknown.join(', ')}; of ${proofs.map(({ bug }) => bug.id).join(', ')} it is`,
    );
  }
  const chosen = proofs.filter(({ bug }) => positionals.length === 0 || positionals.includes(bug.id));
  return { from, seeds, chosen, write: values.write };
}

function bench({ from, seeds, chosen, write }: ReturnType<typeof options>): void {
  const processor = cpus()[0]?.model.trim() ?? 'an unknown processor';
  const about = [
    `Node ${process.version} on ${processor}, one thread, times as the processor counts them;`,
    `seeds ${from} to ${from + seeds - 1}. The last columns count seeds too.`,
  ].join('\n');
  const compared: Compared[] = [];
  for (const proof of chosen) {
    compared.push(compare(proof, from, seeds));
    process.stderr.write(`${compared.length} of ${chosen.length}: ${proof.bug.id}\n`);
    // Written as it comes, so that what was measured is there if it is stopped.
    if (write) writeFileSync(TABLE, `${HEAD}\n${about}\n\n${markdown(compared)}\n\n${conclusion(compared)}\n`);
  }
  process.stdout.write(`${about}\n\n${markdown(compared)}\n\n${conclusion(compared)}\n`);
}

try {
  bench(options());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
