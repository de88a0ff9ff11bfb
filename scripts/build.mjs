// Builds dist/: compiles the sources, then copies the data files that they read at run time.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDERS_WITH_DATA = [
  'properties',
  'generators',
  'history',
  'kernel',
  'search',
  'report',
  'cli',
  'book',
  'litmus',
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });

const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status !== 0) process.exit(1);

for (const folder of FOLDERS_WITH_DATA.filter((name) => existsSync(name))) {
  cpSync(folder, `dist/${folder}`, {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || /\.(json|gz)$/.test(path),
  });
}
