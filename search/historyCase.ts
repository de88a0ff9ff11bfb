import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The file of the smallest case that shows a bug of the history. */
export const historyCasePath = (id: string): string =>
  fileURLToPath(new URL(`../history/cases/${id}.json`, import.meta.url));

/** The same, if there is such a case. */
export function historyCase(id: string): string | undefined {
  const path = historyCasePath(id);
  return existsSync(path) ? path : undefined;
}
