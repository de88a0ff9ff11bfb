import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { patchExample } from '../cli/patch.ts';
import { projectFiles, ROOT } from '../house/files.ts';

const ZONE = {
  name: 'Normal',
  present: 1000,
  managed: 1000,
  watermark: { min: 10, low: 12, high: 15 },
  boost: 0,
  lowmemReserve: [0],
  free: { movable: [12] },
  reservedHighatomic: 0,
  vmstatDrift: 0,
  percpuDriftMark: 0,
  lru: { inactiveAnon: 0, activeAnon: 0, inactiveFile: 500, activeFile: 0 },
  pagesScanned: 0,
  flags: [],
};
const SYSTEM = { swapPages: 0, bufferHeadsOverLimit: false, compaction: true, cma: true, extfragThreshold: 500 };
const SCENARIO = {
  system: { ...SYSTEM, laptopMode: false },
  node: { id: 0, zones: [ZONE], kswapd: { order: 0, zoneIdx: 0, failures: 0 } },
  script: [{ events: [{ wakeup: { zone: 0, order: 1, zoneIdx: 0 } }] }, { scanned: 32, reclaimed: [32] }, {}],
  limit: 9,
};

/** Ten lines that use the library: JavaScript, and strict TypeScript as well. */
const PROGRAM = `
import { checkProperty, kernels, properties, runScenario, v4_0 } from 'kswapd-spec';

const scenario = JSON.parse('${JSON.stringify(SCENARIO)}');
const { end, machine, trace } = runScenario(v4_0, scenario);
const free = machine.node.zones.map((zone) => zone.freeArea.pages);
console.log(Object.keys(kernels).join(), end, free.join(), trace.map(({ ev }) => ev).join());
for (const property of properties.slice(0, 3)) {
  const { outcome } = checkProperty(property, v4_0, { seed: 1, runs: 50 });
  console.log(property.id, outcome);
}
`;

const scratch = mkdtempSync(join(tmpdir(), 'kswapd-spec-package-'));
const clone = join(scratch, 'clone');
const user = join(scratch, 'user');

beforeAll(() => {
  copyProject();
  run('npm', ['pack', '--pack-destination', scratch], clone);
  const tarball = readdirSync(scratch).find((file) => file.endsWith('.tgz'));
  mkdirSync(user);
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `../${tarball}`], user);
}, 180_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the packed command answers --help in an empty folder', () => {
  expect(run('npx', ['--no-install', 'kswapd-spec', '--help'], user)).toContain('Usage: kswapd-spec');
});

test('the packed command checks, replays, explains and writes the specification', () => {
  const packed = (...args: readonly string[]) => run('npx', ['--no-install', 'kswapd-spec', ...args], user);
  expect(packed('check', '--seed', '2')).toMatch(/\nv4\.0: \d+ properties: /);
  expect(packed('replay', 'a-request-is-recorded')).toContain('still fails, as a-request-is-recorded is known to');
  cpSync(join(ROOT, 'test/data/zoneinfo/v6.1-384m.zoneinfo.txt'), join(user, 'zoneinfo.txt'));
  expect(packed('explain', 'zoneinfo.txt')).toContain('kswapd0 would sleep, asked for order 0 up to zone DMA32');
  expect(packed('docs', '--out', 'book')).toContain('files written to book');
});

test.each(['.ts', '.mjs'])('the packed command tests the README’s patch, in a %s file', (ending) => {
  const { name, text, args, answer } = patchExample();
  const file = name.replace('.ts', ending);
  writeFileSync(join(user, file), text);
  const command = ['--no-install', 'kswapd-spec', ...args.map((word) => word.replace(name, file))];
  const { status, stdout } = spawnSync('npx', command, { cwd: user, env: environment(), encoding: 'utf8' });
  expect(status).toBe(1);
  for (const line of answer) expect(stdout).toContain(`${line}\n`);
});

test('the packed command lists the kernels', () => {
  const kernels = run('npx', ['--no-install', 'kswapd-spec', 'kernels'], user);
  expect(kernels).toMatch(/^v5\.9: made from v4\.19 by \d+ differences/m);
});

test('a program imports the packed library', () => {
  writeFileSync(join(user, 'program.mjs'), PROGRAM);
  const lines = run('node', ['program.mjs'], user).trim().split(/\n/);
  expect(lines).toEqual([
    expect.stringMatching(/^v4\.0,v4\.19,v5\.9 limit 44 high_wmark_hit_quickly,wake,.*shrink.*,limit$/),
    'sleep-only-when-balanced holds',
    'sleep-after-undisturbed-nap holds',
    'one-hit-quickly-event-per-failure holds',
  ]);
});

test('a strict TypeScript program compiles against the packed declarations', () => {
  writeFileSync(join(user, 'program.mts'), PROGRAM);
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
  expect(run('node', [tsc, ...flags, 'program.mts'], user)).toBe('');
});

/** A copy is packed, so that the clone gets no dist/ and two runs do not meet in it. */
function copyProject(): void {
  for (const file of projectFiles()) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(ROOT, file), join(clone, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, env: environment(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Without what the npm that runs the tests says of this project, which the npm under test would take for its own. */
function environment(): NodeJS.ProcessEnv {
  const ours = /^(npm_(config_(local_prefix|prefix|workspace)|package_|lifecycle_|command)|INIT_CWD|NODE_ENV|VITEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
