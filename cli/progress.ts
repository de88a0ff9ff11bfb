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

export interface StatusLine {
  /** Shows a text, if there is someone to see it and the last one is old enough. */
  readonly show: (text: () => string) => void;
  readonly clear: () => void;
}

/** A line on standard error that says what is going on right now, for people only. */
export function makeStatusLine(): StatusLine {
  if (!process.stderr.isTTY) return { show: () => {}, clear: () => {} };
  let next = 0;
  let shown = false;
  return {
    show: (text) => {
      const now = performance.now();
      if (now < next) return;
      next = now + BETWEEN_MS;
      shown = true;
      process.stderr.write(`\r\u001B[K${text()}`);
    },
    clear: () => {
      if (shown) process.stderr.write('\r\u001B[K');
      shown = false;
    },
  };
}
