const QUIET_MS = 2000;
const BETWEEN_MS = 100;

export interface Progress {
  readonly tick: (done: number, of: number) => void;
  /** Takes the line away again. */
  readonly clear: () => void;
}

/** A line on standard error, for people only, and only once the work has taken two seconds. */
export function makeProgress(label: string): Progress {
  if (!process.stderr.isTTY) return { tick: () => {}, clear: () => {} };
  let next = performance.now() + QUIET_MS;
  let shown = false;
  return {
    tick: (done, of) => {
      const now = performance.now();
      if (now < next) return;
      next = now + BETWEEN_MS;
      shown = true;
      process.stderr.write(
        `\r\u001B[K${label}: ${done.toLocaleString('en-US')} of ${of.toLocaleString('en-US')} cases`,
      );
    },
    clear: () => {
      if (shown) process.stderr.write('\r\u001B[K');
    },
  };
}
