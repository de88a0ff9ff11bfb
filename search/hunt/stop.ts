export const STOPPED = 'stopped';

/** Comes once a hunt is to end early. */
export const stopOf = (signal: AbortSignal): Promise<typeof STOPPED> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(STOPPED);
    else signal.addEventListener('abort', () => resolve(STOPPED), { once: true });
  });
