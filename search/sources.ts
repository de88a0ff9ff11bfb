import { fileURLToPath } from 'node:url';

/** Whether this is a clone, which runs from its sources, or an installed package with built files. */
export const FROM_SOURCES = import.meta.url.endsWith('.ts');

/** What a thread of its own needs before it can import the sources: the same as the command itself. */
export function startsFromSources(): readonly string[] {
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const tsconfig = JSON.stringify(fileURLToPath(new URL('../tsconfig.json', import.meta.url)));
  const code = `import { register } from ${tsx}; register({ tsconfig: ${tsconfig} });`;
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
}
