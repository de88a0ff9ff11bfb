import { expect, test } from 'vitest';
import { z } from 'zod';
import { read } from './files.ts';

const Versions = z.record(z.string(), z.string());
const Package = z.object({ dependencies: Versions, devDependencies: Versions });
const Lock = z.object({ packages: z.record(z.string(), z.object({ resolved: z.string().optional() })) });

test('package.json asks for exact versions only', () => {
  const { dependencies, devDependencies } = Package.parse(JSON.parse(read('package.json')));
  const all = Object.entries({ ...dependencies, ...devDependencies });
  expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test('package-lock.json names no registry but the public one', () => {
  const { packages } = Lock.parse(JSON.parse(read('package-lock.json')));
  const hosts = Object.values(packages).flatMap(({ resolved }) => (resolved === undefined ? [] : [resolved]));
  expect(hosts.filter((url) => !url.startsWith('https://registry.npmjs.org/'))).toEqual([]);
});
