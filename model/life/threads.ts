/**
 * A node as the life of its kswapd sees it.
 * @kernel v4.0 include/linux/mmzone.h struct pglist_data
 */
export interface LifeNode {
  readonly id: number;
  /** The node is in N_MEMORY: it has memory. */
  readonly hasMemory: boolean;
  /** Its kswapd runs. */
  readonly kswapd: boolean;
}

/** The machine as far as the life of its kswapds goes. */
export interface Life {
  /** system_state is SYSTEM_BOOTING. */
  readonly booting: boolean;
  readonly nodes: readonly LifeNode[];
}

/**
 * What came of starting one kswapd. A failure at boot halts the machine; later it is reported and the node goes
 * without.
 */
export type Started = 'started' | 'already running' | 'failed' | 'halted';

export interface KswapdRun {
  readonly started: Started;
  readonly life: Life;
}

const withKswapd = (life: Life, id: number, kswapd: boolean): Life => ({
  ...life,
  nodes: life.nodes.map((node) => (node.id === id ? { ...node, kswapd } : node)),
});

/**
 * Starts a node's kswapd unless it runs already. `canStart` is the environment's word on whether the thread can be
 * made.
 * @kernel v4.0 mm/vmscan.c kswapd_run
 */
export function kswapdRun(life: Life, id: number, canStart: boolean): KswapdRun {
  const node = life.nodes.find((candidate) => candidate.id === id);
  if (node?.kswapd === true) return { started: 'already running', life };
  if (canStart) return { started: 'started', life: withKswapd(life, id, true) };
  return { started: life.booting ? 'halted' : 'failed', life };
}

/**
 * Starts a kswapd on every node that has memory, in the order of their ids. A thread that cannot be made halts the
 * boot.
 * @kernel v4.0 mm/vmscan.c kswapd_init
 * @abstracts cpu_callback, which moves a kswapd back to its node's cpus when one comes online.
 */
export function kswapdInit(life: Life, canStart: (id: number) => boolean): KswapdRun {
  let now = life;
  for (const { id, hasMemory } of life.nodes) {
    if (!hasMemory) continue;
    const run = kswapdRun(now, id, canStart(id));
    if (run.started === 'halted') return run;
    now = run.life;
  }
  return { started: 'started', life: now };
}

/**
 * Stops a node's kswapd, if it runs, when the node's memory is taken away; the thread itself sees it as
 * kthread_should_stop().
 * @kernel v4.0 mm/vmscan.c kswapd_stop
 */
export function kswapdStop(life: Life, id: number): Life {
  return withKswapd(life, id, false);
}
