#!/usr/bin/env node
// Starts the command: from the TypeScript sources in a clone, from the built JavaScript in an installed package.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = new URL('../cli/main.ts', import.meta.url);
const built = new URL('../dist/cli/main.js', import.meta.url);

if (existsSync(source)) {
  const tsx = await import('tsx/esm/api').catch(() => undefined);
  if (tsx) {
    // Our own tsconfig: tsx would read the one of the folder that the command is called in.
    tsx.register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });
    await import(source.href);
  } else {
    refuse(
      `the packages that it needs are not installed. Run \`npm ci\` in ${fileURLToPath(new URL('..', import.meta.url))}`,
    );
  }
} else if (existsSync(built)) {
  await import(built.href);
} else {
  refuse('neither cli/main.ts nor dist/cli/main.js is there. Install the package again, or clone and run `npm ci`');
}

function refuse(why) {
  process.stderr.write(`kswapd-spec cannot start: ${why}\n`);
  process.exitCode = 2;
}
