import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const PROMPT = 'Enter: next step, q: quit ';

/** Shows one text after the other, each when the user presses Enter; `q` or the end of the input ends it. */
export async function stepThrough(texts: Iterable<string>, input: Readable, output: Writable): Promise<void> {
  const iterator = texts[Symbol.iterator]();
  const showNext = (): boolean => {
    const { done = false, value } = iterator.next();
    if (!done) output.write(`${value}\n${PROMPT}`);
    return !done;
  };
  if (!showNext()) return;
  const lines = createInterface({ input, output });
  lines.on('line', (answer) => {
    if (answer.trim().toLowerCase().startsWith('q') || !showNext()) lines.close();
  });
  await once(lines, 'close');
  output.write('\n');
}
