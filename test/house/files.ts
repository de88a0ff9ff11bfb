import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What git ignores, for a copy of the sources that is not a git checkout. */
const IGNORED = new Set(['.git', '.kswapd-spec', 'dist', 'node_modules']);

/** Every file of the project, relative to its root: what git tracks, and what it would if asked to add all. */
export function projectFiles(): readonly string[] {
  return (gitFiles() ?? walk(ROOT)).filter((file) => existsSync(join(ROOT, file)));
}

export function typescriptFiles(folder = ''): readonly string[] {
  return projectFiles().filter((file) => file.startsWith(folder) && file.endsWith('.ts'));
}

/** Files that people write and read: no compressed data, no lock file, no licence. */
export function textFiles(): readonly string[] {
  return projectFiles().filter((file) => !/\.(gz|tgz|png)$|^package-lock\.json$|^LICENSE$/.test(file));
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** `file:line: text` of every line in these files that matches, for a message that leads to the place. */
export function linesThatMatch(files: readonly string[], pattern: RegExp): readonly string[] {
  return linesThat(files, (line) => pattern.test(line));
}

export function linesThat(files: readonly string[], offends: (line: string) => boolean): readonly string[] {
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (offends(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

function gitFiles(): readonly string[] | undefined {
  try {
    const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
    });
    const files = output.split('\0').filter((file) => file !== '');
    return files.length > 0 ? files : undefined;
  } catch {
    return undefined;
  }
}

function walk(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (IGNORED.has(entry.name)) return [];
    return entry.isDirectory() ? walk(path) : [relative(ROOT, path).split(sep).join('/')];
  });
}
