/** `npm run bench`: how fast the model is, case by case, with ratios between the cases of this run. */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { GROUPS } from './cases/index.ts';
import { measure, type Measured } from './measure.ts';
import { table } from './table.ts';

const HEADER = ['case', 'operations/s', 'each', '±', 'runs', 'ratio in this run'];

const grouped = (number: number): string => Math.round(number).toLocaleString('en-US');

const duration = (perSecond: number): string => {
  const nanoseconds = 1e9 / perSecond;
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(1)} ns`;
  return nanoseconds < 1e6 ? `${(nanoseconds / 1e3).toFixed(1)} µs` : `${(nanoseconds / 1e6).toFixed(1)} ms`;
};

function row({ case: { name, unit, against }, perSecond, margin, runs }: Measured, all: readonly Measured[]): string[] {
  const base = all.find((other) => other.case.name === against);
  return [
    name,
    `${grouped(perSecond)} ${unit}s`,
    duration(perSecond),
    `${margin.toFixed(1)} %`,
    grouped(runs),
    base === undefined ? '' : `${(perSecond / base.perSecond).toFixed(2)} of ${base.case.name}`,
  ];
}

async function bench(time: number): Promise<void> {
  const [cpu] = cpus();
  const [load] = loadavg();
  console.log(`Node ${process.version} on ${availableParallelism()} cpus (${cpu?.model.trim() ?? 'unknown'})`);
  console.log(`${time} ms a case after ${time} ms of warm-up, on one core; the median run counts`);
  console.log(`load average before: ${load?.toFixed(1)}\n`);
  const all: Measured[] = [];
  for (const group of GROUPS) for (const one of await group()) all.push(measure(one, time));
  console.log(table([HEADER, ...all.map((measured) => row(measured, all))]));
}

/** The milliseconds that the command line gives to a case, or what is wrong with it. */
function timeOption(): number | string {
  try {
    const { values } = parseArgs({ options: { time: { type: 'string', default: '500' } } });
    const time = Number(values.time);
    return Number.isInteger(time) && time > 0
      ? time
      : `--time: expected a number of milliseconds above 0, but found ${values.time}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const time = timeOption();
if (typeof time === 'number') await bench(time);
else {
  console.error(time);
  process.exitCode = 2;
}
