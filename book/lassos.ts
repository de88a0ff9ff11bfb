import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Lasso } from '../search/explore/liveness/lasso.ts';

/** Where a run is kept that goes on for ever without what a property promises. */
export const lassoPath = (id: string, kernel: string): string =>
  fileURLToPath(new URL(`./lassos/${kernel}/${id}.json`, import.meta.url));

/** The kept one, if there is one. */
export function keptLasso(id: string, kernel: string): Lasso | undefined {
  const path = lassoPath(id, kernel);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Lasso) : undefined;
}
