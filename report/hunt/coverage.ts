import type { Kernel } from '../../model/index.ts';
import { partsOf } from '../kernels/parts.ts';

/** Things of which some were reached. */
export interface Reached {
  readonly of: number;
  /** The names of those that never were. */
  readonly never: readonly string[];
}

/** What the cases of a hunt reached of a kernel. */
export interface Coverage {
  /** How many different things of each kind were reached. */
  readonly features: Readonly<Record<string, number>>;
  /** Rules that were asked. */
  readonly rules: Reached;
  /** Answers of rules that say yes or no. */
  readonly answers: Reached;
  /** Steps that were taken, of those of kswapd, direct reclaim and the page allocator which were entered at all. */
  readonly steps: Reached;
  /** Ways from one such step to the next that were taken. */
  readonly ways: Reached;
}

const reachedOf = (all: readonly string[], reached: ReadonlySet<string>): Reached => ({
  of: all.length,
  never: all.filter((one) => !reached.has(one)),
});

/** The ways that lead from each step of a kernel to the next, as `kswapd.readRequest > checkRequest`. */
function waysOf(kernel: Kernel): readonly string[] {
  const machines = { kswapd: kernel, directReclaim: kernel.directReclaim, allocator: kernel.allocator };
  return Object.entries(machines).flatMap(([name, { transitions, yields }]) =>
    Object.entries({ ...transitions, ...yields }).flatMap(([at, { to }]) =>
      to.map((next: string) => `${name}.${at} > ${next}`),
    ),
  );
}

/** `kswapd`, `directReclaim` or `allocator`. */
const machineOf = (step: string): string => step.slice(0, step.indexOf('.'));

/** What was reached of a kernel, from the names of all features that were. */
export function coverageOf(kernel: Kernel, reached: ReadonlySet<string>): Coverage {
  const features: Record<string, number> = {};
  const [asked, answers, taken, ways] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  for (const feature of [...reached].toSorted()) {
    const at = feature.indexOf(' ');
    const kind = feature.slice(0, at);
    const name = feature.slice(at + 1);
    features[kind] = (features[kind] ?? 0) + 1;
    if (kind === 'rule') {
      asked.add(name.slice(0, name.indexOf(':')));
      answers.add(name);
    } else if (kind === 'steps') {
      const [, step = '', next = ''] = name.split(' > ');
      taken.add(step);
      ways.add(`${step} > ${next.slice(next.indexOf('.') + 1)}`);
    }
  }
  const entered = new Set([...taken].map(machineOf));
  const parts = [...partsOf(kernel).keys()].filter((name) => name !== 'startThread');
  const decides = [...asked].filter((rule) => answers.has(`${rule}: yes`) || answers.has(`${rule}: no`));
  return {
    features,
    rules: reachedOf(
      parts.filter((name) => !name.includes('.')),
      asked,
    ),
    answers: reachedOf(
      decides.flatMap((rule) => [`${rule}: yes`, `${rule}: no`]),
      answers,
    ),
    steps: reachedOf(
      parts.filter((name) => name.includes('.') && entered.has(machineOf(name))),
      taken,
    ),
    ways: reachedOf(
      waysOf(kernel).filter((way) => entered.has(machineOf(way))),
      ways,
    ),
  };
}
