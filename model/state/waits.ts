/** Who waits on what, and what kswapd's task was told from outside. */
export interface Waits {
  /** kswapd stands on its wait queue, kswapd_wait: a wake-up would reach it. */
  readonly queued: boolean;
  /** kswapd's task was made runnable since it last prepared to wait. */
  readonly woken: boolean;
  /** Tasks that wait on pfmemalloc_wait. */
  readonly throttled: number;
  /** freezing(): the freezer asks kswapd to stand still. */
  readonly freezing: boolean;
  /** kthread_should_stop(). */
  readonly shouldStop: boolean;
}

/** Nobody waits for anything. */
export const NO_WAITS: Waits = { queued: false, woken: false, throttled: 0, freezing: false, shouldStop: false };

/**
 * kswapd queues itself; from now on a wake-up shows.
 * @kernel v4.0 kernel/sched/wait.c prepare_to_wait
 */
export const prepareToWait = (w: Waits): Waits => ({
  queued: true,
  woken: false,
  throttled: w.throttled,
  freezing: w.freezing,
  shouldStop: w.shouldStop,
});

/**
 * kswapd leaves the queue.
 * @kernel v4.0 kernel/sched/wait.c finish_wait
 */
export const finishWait = (w: Waits): Waits => ({
  queued: false,
  woken: false,
  throttled: w.throttled,
  freezing: w.freezing,
  shouldStop: w.shouldStop,
});

/** The task that waits becomes runnable, and leaves the queue by itself. */
export const wakeTask = (w: Waits): Waits => ({
  queued: false,
  woken: true,
  throttled: w.throttled,
  freezing: w.freezing,
  shouldStop: w.shouldStop,
});

/** The task is told to stand still for the freezer: it runs again without leaving its queue. */
export const freezeTask = (w: Waits): Waits => ({
  queued: w.queued,
  woken: true,
  throttled: w.throttled,
  freezing: true,
  shouldStop: w.shouldStop,
});

/** The task is told to end: it runs again without leaving its queue. */
export const stopTask = (w: Waits): Waits => ({
  queued: w.queued,
  woken: true,
  throttled: w.throttled,
  freezing: w.freezing,
  shouldStop: true,
});

/** The freezer has let kswapd go on. */
export const thaw = (w: Waits): Waits => ({
  queued: w.queued,
  woken: w.woken,
  throttled: w.throttled,
  freezing: false,
  shouldStop: w.shouldStop,
});

/** So many tasks wait on pfmemalloc_wait. */
export const withThrottled = (w: Waits, throttled: number): Waits => ({
  queued: w.queued,
  woken: w.woken,
  throttled,
  freezing: w.freezing,
  shouldStop: w.shouldStop,
});
