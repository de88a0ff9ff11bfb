import { once } from 'node:events';
import type { Writable } from 'node:stream';

const BATCH = 1 << 16;

/** Writes lines to a stream as fast as its reader takes them. */
export async function writeLines(out: Writable, lines: Iterable<string>): Promise<void> {
  for (const batch of batches(lines)) if (!out.write(batch)) await once(out, 'drain');
  await new Promise<void>((resolve, reject) => {
    out.write('', (error) => (error ? reject(error) : resolve()));
  });
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
