/** Whether the user has interrupted the command, who may do so once; the second time it ends at once, as any does. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** From now on the first time ends it, too. */
  readonly ignore: () => void;
}

/** Waits for Ctrl-C. */
export function untilInterrupted(): Interrupt {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal);
  return { signal: stop.signal, ignore: () => process.off('SIGINT', onSignal) };
}
