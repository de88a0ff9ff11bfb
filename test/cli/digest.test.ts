import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { digestOf } from '../../cli/kernel/digest.ts';
import { ownFolder } from './run.ts';

const folder = ownFolder('digest');
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const digest = (): string => digestOf(join(folder, 'kernel.ts'));

test('a kernel’s file is told from others by its text and by that of the files that it imports from beside it', () => {
  write('kernel.ts', "import { a } from './a.js';\nimport c from 'kswapd-spec';\nexport default a;\n");
  write('a.ts', "export { b as a } from './b';\n");
  write('b.ts', "import './kernel.ts';\nexport const b = 1;\n");
  write('other.ts', 'export const other = 1;\n');
  const first = digest();
  write('other.ts', 'export const other = 2;\n');
  expect(digest()).toBe(first);
  write('b.ts', "import './kernel.ts';\nexport const b = 2;\n");
  const second = digest();
  expect(second).not.toBe(first);
  write('kernel.ts', "import { a } from './a.js';\nimport c from 'kswapd-spec';\nexport default  a;\n");
  expect(new Set([first, second, digest()]).size).toBe(3);
});
