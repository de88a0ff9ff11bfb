import { once } from 'node:events';
import type { Writable } from 'node:stream';

const BATCH = 1 << 16;

/**
 * Writes lines to a stream as fast as its reader takes them. A reader that has seen enough (`| head`) ends the writing
 * without a word.
 */
export async function writeLines(out: Writable, lines: Iterable<string>): Promise<void> {
  let failure: unknown;
  const onError = (error: unknown): void => {
    failure = error;
  };
  out.on('error', onError);
  try {
    for (const batch of batches(lines)) {
      if (!out.write(batch)) await once(out, 'drain');
      if (failure !== undefined) throw failure;
    }
    await new Promise<void>((resolve, reject) => {
      out.write('', (error) => (error ? reject(error) : resolve()));
    });
  } catch (error) {
    if (!isBrokenPipe(error)) throw error;
  } finally {
    // The stream may still report the same broken pipe after us.
    if (failure === undefined) out.off('error', onError);
  }
}

/** The lines in pieces that are worth a system call each. What came before a failure is still handed on. */
function* batches(lines: Iterable<string>): Generator<string> {
  let batch = '';
  try {
    for (const line of lines) {
      batch += `${line}\n`;
      if (batch.length < BATCH) continue;
      yield batch;
      batch = '';
    }
  } catch (error) {
    if (batch !== '') yield batch;
    throw error;
  }
  if (batch !== '') yield batch;
}

const isBrokenPipe = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EPIPE';
