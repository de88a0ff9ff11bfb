/** `npm run bench:explore`: K1 searched exactly, side by side with what people would use. */
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { Search } from '../../search/explore/search.ts';
import { table } from '../table.ts';
import { searchByHand } from './handPacked.ts';
import { k1, K1_COUNTS } from './k1/k1.ts';
import { searchByTexts } from './naive.ts';
import { searchWithSpin } from './spin.ts';

/** States after which the search by texts is stopped: it would need minutes, and gigabytes. */
const NAIVE_STATES = 300_000;

/** One search: what it came to, and how long it took. */
interface Row {
  readonly name: string;
  readonly states: number;
  readonly transitions: number;
  readonly seconds: number;
  readonly note: string;
}

/** Seconds of the processor that some work takes, and what it comes to. */
function measured<T>(work: () => T): { readonly result: T; readonly seconds: number } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}

const grouped = (n: number): string => Math.round(n).toLocaleString('en-US');

function checked(
  name: string,
  { states, transitions }: { readonly states: number; readonly transitions: number },
): void {
  if (states === K1_COUNTS.states && transitions === K1_COUNTS.transitions) return;
  throw new Error(`${name} came to ${grouped(states)} states and ${grouped(transitions)} transitions`);
}

function ours(): Row {
  const { result, seconds } = measured(() => {
    const search = new Search(k1);
    while (search.step());
    return search;
  });
  checked('kswapd-spec', result.counts);
  const each = (result.bytes / result.counts.states).toFixed(0);
  return { name: 'kswapd-spec, plain objects', ...result.counts, seconds, note: `${each} bytes a state` };
}

function byHand(): Row {
  const { result, seconds } = measured(searchByHand);
  checked('the search packed by hand', result);
  return { name: 'TypeScript packed by hand', ...result, seconds, note: '' };
}

function naive(): Row {
  const { result, seconds } = measured(() => searchByTexts(k1, NAIVE_STATES));
  const note = result.complete ? '' : `stopped at ${grouped(NAIVE_STATES)} states`;
  return { name: 'objects, JSON texts in a Set', ...result, seconds, note };
}

/** Spin's count of transitions has the initial state in it. */
function spin(): Row | string {
  const result = searchWithSpin();
  if ('skipped' in result) return `Spin: skipped, ${result.skipped}`;
  checked('Spin', { ...result, transitions: result.transitions - 1 });
  return { name: 'Spin, exact', ...result, note: 'seconds by the clock' };
}

const SEARCHES: Readonly<Record<string, () => Row | string>> = { ours, byHand, spin, naive };

/** A search in a process of its own, so that none leaves the next one its garbage, or code compiled for another. */
function alone(name: string): Row | string {
  const args = [...process.execArgv, process.argv[1]!, name];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Row | string;
}

const HEADER = ['search', 'states', 'transitions', 'seconds', 'transitions/s', 'ratio', 'note'];

function rowText(row: Row, base: Row): readonly string[] {
  const { name, states, transitions, seconds, note } = row;
  const speed = transitions / seconds;
  const ratio = (speed / (base.transitions / base.seconds)).toFixed(2);
  return [name, grouped(states), grouped(transitions), seconds.toFixed(2), grouped(speed), ratio, note];
}

function compare(): void {
  console.log(`K1: ${grouped(K1_COUNTS.states)} states, ${grouped(K1_COUNTS.transitions)} transitions`);
  console.log(`Node ${process.version}; seconds of one processor; load average before: ${loadavg()[0]!.toFixed(1)}\n`);
  const all = Object.keys(SEARCHES).map(alone);
  const rows = all.filter((row) => typeof row !== 'string');
  console.log(table([HEADER, ...rows.map((row) => rowText(row, rows[0]!))]));
  for (const row of all) if (typeof row === 'string') console.log(`\n${row}`);
}

const name = process.argv[2];
if (name === undefined) compare();
else console.log(JSON.stringify(SEARCHES[name]!()));
