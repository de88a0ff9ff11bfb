import { Bench } from 'tinybench';
import type { Case } from './case.ts';

/** How fast a case ran. */
export interface Measured {
  readonly case: Case;
  readonly perSecond: number;
  /** Half the width of the 95 % confidence interval of a run's time, in percent of its mean. */
  readonly margin: number;
  readonly runs: number;
}

/**
 * Runs a case for so many milliseconds, after as long a warm-up, in which it is compiled. The median run counts, which
 * other work on the machine disturbs least.
 */
export function measure(measured: Case, time: number): Measured {
  const bench = new Bench({ time, warmupTime: time, iterations: 8, warmupIterations: 8, throws: true });
  const expected = measured.run();
  bench.add(measured.name, () => {
    if (measured.run() !== expected) throw new Error(`${measured.name}: two runs do not do the same`);
  });
  const [task] = bench.runSync();
  const { result } = task!;
  if (!('latency' in result)) throw new Error(`${measured.name}: ${result.state}`);
  const { p50, rme, samplesCount } = result.latency;
  return { case: measured, perSecond: (measured.operations * 1000) / p50, margin: rme, runs: samplesCount };
}
