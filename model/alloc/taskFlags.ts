/** What the allocator asks of the task that allocates, and of where it stands: flags that are or'ed. */
export type TaskFlags = number;

/**
 * The task frees memory itself, and may use all of it meanwhile.
 * @kernel v4.0 include/linux/sched.h PF_MEMALLOC
 */
export const TASK_MEMALLOC = 1 << 0;
/**
 * The OOM killer chose the task.
 * @kernel v4.0 arch/x86/include/asm/thread_info.h TIF_MEMDIE
 * @kernel v4.19 include/linux/oom.h tsk_is_oom_victim
 */
export const TASK_OOM_VICTIM = 1 << 1;
/** @kernel v4.0 include/linux/sched.h PF_DUMPCORE */
export const TASK_DUMPCORE = 1 << 2;
/** @kernel v4.0 include/linux/sched.h PF_KTHREAD */
export const TASK_KTHREAD = 1 << 3;
/** @kernel v4.0 include/linux/sched/rt.h rt_task */
export const TASK_RT = 1 << 4;
/** A hard interrupt is being served. */
export const TASK_INTERRUPT = 1 << 5;
/** @kernel v4.0 include/linux/preempt_mask.h in_serving_softirq */
export const TASK_SOFTIRQ = 1 << 6;
/** @kernel v4.0 include/linux/sched.h PF_WQ_WORKER */
export const TASK_WQ_WORKER = 1 << 7;
/** @kernel v4.0 include/linux/sched.h PF_MEMALLOC_NOIO */
export const TASK_MEMALLOC_NOIO = 1 << 8;
/** @kernel v4.19 include/linux/sched.h PF_MEMALLOC_NOFS */
export const TASK_MEMALLOC_NOFS = 1 << 9;
/** @kernel v5.9 include/linux/sched.h PF_MEMALLOC_NOCMA */
export const TASK_MEMALLOC_NOCMA = 1 << 10;

/** The flags by the names that cases write. MEMDIE is what OOM_VICTIM is called in cases of v4.0. */
export const TASK_BITS = {
  MEMALLOC: TASK_MEMALLOC,
  OOM_VICTIM: TASK_OOM_VICTIM,
  MEMDIE: TASK_OOM_VICTIM,
  DUMPCORE: TASK_DUMPCORE,
  KTHREAD: TASK_KTHREAD,
  RT: TASK_RT,
  INTERRUPT: TASK_INTERRUPT,
  SOFTIRQ: TASK_SOFTIRQ,
  WQ_WORKER: TASK_WQ_WORKER,
  MEMALLOC_NOIO: TASK_MEMALLOC_NOIO,
  MEMALLOC_NOFS: TASK_MEMALLOC_NOFS,
  MEMALLOC_NOCMA: TASK_MEMALLOC_NOCMA,
} as const;
export type TaskFlagName = keyof typeof TASK_BITS;
export const TASK_FLAG_NAMES = Object.keys(TASK_BITS) as readonly TaskFlagName[];

/** The named flags, or'ed. */
export const taskFlagsOf = (names: readonly TaskFlagName[]): TaskFlags =>
  names.reduce((flags, name) => flags | TASK_BITS[name], 0);

/**
 * An interrupt of either kind is being served; a soft one counts as well.
 * @kernel v4.0 include/linux/preempt_mask.h in_interrupt
 */
export const inInterrupt = (task: TaskFlags): boolean => (task & (TASK_INTERRUPT | TASK_SOFTIRQ)) !== 0;
