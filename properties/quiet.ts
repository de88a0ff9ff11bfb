import {
  hasRule,
  runMachine,
  type Kernel,
  type Machine,
  type Node,
  type Run,
  type Thread,
  type Turn,
} from '../model/index.ts';
import { runProperty, type RunProperty, type See } from './property.ts';

/**
 * Turns in which kswapd must be asleep once nothing more is asked of it and reclaim succeeds. In each round a zone is
 * freed of half its reclaimable pages at least, so it is past its marks or empty after as many rounds as its pages
 * halve; eleven more may only raise the priority. A round takes a turn a zone and one to compact. A run for a high
 * order and one for order 0 may each take all of that, and naps lie between.
 */
export function sleepBound({ zones }: Node): number {
  const halvings = zones.map(({ lru }) => {
    const pages = lru.activeAnon + lru.inactiveAnon + lru.activeFile + lru.inactiveFile;
    return 2 + Math.ceil(Math.log2(1 + pages));
  });
  const rounds = 12 + halvings.reduce((sum, count) => sum + count, 0);
  return 8 + 2 * rounds * (zones.length + 1);
}

/** The quiet, productive environment: it reclaims what kswapd asks for, or half of what there is if that is more. */
export const productiveTurns =
  (askedBy: (thread: Thread) => number) =>
  ({ node, thread }: Machine): Turn => {
    const asked = askedBy(thread);
    const reclaimed = node.zones.map(({ lru }) =>
      Math.max(asked, Math.ceil((lru.activeAnon + lru.inactiveAnon + lru.activeFile + lru.inactiveFile) / 2)),
    );
    return { scanned: asked, reclaimed };
  };

/** Whether a run has led to a kswapd that does not sleep fully. */
export const isAwake = ({ machine }: Run): boolean => machine.thread.at !== 'sleep' && machine.thread.at !== 'stopped';

/** An environment in which nothing more is asked of kswapd. */
interface QuietEnvironment {
  /** What it is like, in a few words. */
  readonly like: string;
  /** What it does next. */
  readonly turnOf: (m: Machine) => Turn;
  /** Turns in which kswapd must be asleep, from a node as it is. */
  readonly bound: (node: Node) => number;
}

/** How quiet a machine has become, and in which turns. */
interface Quiet {
  readonly asleep: boolean;
  readonly script: readonly Turn[];
  readonly machine: Machine;
}

/** Lets a machine go on in a quiet environment, turn by turn, until kswapd sleeps or should. */
function goOnQuietly(k: Kernel, start: Machine, { turnOf, bound }: QuietEnvironment): Quiet {
  const script: Turn[] = [];
  const most = bound(start.node);
  let machine = start;
  while (script.length < most) {
    const { at } = machine.thread;
    if (at === 'stopped' || (at === 'sleep' && !machine.waits.woken)) return { asleep: true, script, machine };
    const turn = turnOf(machine);
    const ended = runMachine(k, machine, { script: [turn], limit: 1 });
    script.push(turn);
    machine = ended.machine;
    if (ended.end === 'spinning') break;
  }
  return { asleep: false, script, machine };
}

type Draft<L extends string> = Omit<RunProperty, 'over' | 'check' | 'mustSee' | 'watch' | 'spans' | 'sequel'> & {
  readonly mustSee: Readonly<Record<L, number>>;
  readonly environment: QuietEnvironment;
  /** Reports what kind of machine a run has led to. */
  readonly seeEnd: (run: Run, see: See<NoInfer<L>>) => void;
};

/** A property that kswapd sleeps after any run, if the environment is a quiet one from then on. */
export function quietProperty<L extends string>(draft: Draft<L>): RunProperty {
  const { environment, seeEnd, ...rest } = draft;
  return runProperty({
    ...rest,
    spans: 'what follows a run, with an environment of its own',
    sequel: (run) => ({
      like: environment.like,
      script: run.end === 'spinning' ? [] : goOnQuietly(run.kernel, run.machine, environment).script,
    }),
    check: (run, see: See<L>) => {
      if (run.end === 'spinning') return undefined;
      seeEnd(run, see);
      const { asleep, script, machine } = goOnQuietly(run.kernel, run.machine, environment);
      if (asleep) return undefined;
      const { at, balance, nodeBalance } = machine.thread;
      const { priority } = hasRule(run.kernel, 'shrinkNode') ? nodeBalance : balance;
      const quietly = `after ${script.length} turns with no request and ${environment.like}`;
      return { clause: `${quietly} kswapd is at ${at}, priority ${priority}`, step: run.steps.length - 1 };
    },
  });
}
