import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** What names a file beside the one that it stands in: `from './rules.ts'`, `import('../rules.js')`. */
const BESIDE = /\b(?:from|import|require)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g;

/** As what a file may lie there that is imported by a name. */
const ENDINGS = ['', '.ts', '.js', '.mts', '.mjs', '.json', '/index.ts', '/index.js'] as const;

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** The file that a name leads to; TypeScript may call it by the name that it has once it is compiled. */
const fileOf = (path: string): string | undefined =>
  [path, path.replace(/js$/, 'ts')].flatMap((one) => ENDINGS.map((ending) => one + ending)).find(isFile);

/**
 * Tells the text of a user's file, and of all that it imports from beside it, from others: 16 hexadecimal digits. What
 * packages hold is taken as it is.
 */
export function digestOf(path: string): string {
  const hash = createHash('sha256');
  const open = [resolve(path)];
  const seen = new Set(open);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const text = readFileSync(file, 'utf8');
    hash.update(`${text.length}\n${text}`);
    for (const [, , name = ''] of text.matchAll(BESIDE)) {
      const found = fileOf(resolve(dirname(file), name));
      if (found === undefined || seen.has(found)) continue;
      seen.add(found);
      open.push(found);
    }
  }
  return hash.digest('hex').slice(0, 16);
}
