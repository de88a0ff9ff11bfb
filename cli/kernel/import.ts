import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { readText } from '../../kernel/files.ts';
import { InputError } from '../../kernel/inputError.ts';

/** Whether this is a clone, which runs from its sources, or an installed package with built files. */
const FROM_SOURCES = import.meta.url.endsWith('.ts');

const ownFile = (module: string): string =>
  new URL(`../../${module}${FROM_SOURCES ? '.ts' : '.js'}`, import.meta.url).href;

/**
 * What a user's file may import by name. It always gets the copy that runs, wherever the file lies and whatever else is
 * installed there: rules of two copies in one kernel would be strangers to each other.
 */
const OWN_MODULES: Readonly<Record<string, string>> = {
  'kswapd-spec': ownFile('index'),
  'kswapd-spec/model': ownFile('model/index'),
  'kswapd-spec/properties': ownFile('properties/index'),
  'kswapd-spec/generators': ownFile('generators/index'),
};

/**
 * Node's hooks run in a thread of their own, from their own text. TypeScript, and a file with import or export in it,
 * is a module even where package.json does not say so.
 */
const HOOKS = `
let own, entry;
export function initialize(data) { ({ own, entry } = data); }
export async function resolve(specifier, context, next) {
  const found = await next(Object.hasOwn(own, specifier) ? own[specifier] : specifier, context);
  const [url] = found.url.split('?');
  const isModule = url === entry || (url.endsWith('.ts') && !url.includes('/node_modules/'));
  return isModule ? { ...found, format: 'module' } : found;
}`;

const TYPESCRIPT = /\.m?ts$/;
const MODULE_SYNTAX = /^\s*(?:import|export)\b/m;

/** What a user's file exports, or an InputError that says why it cannot be imported. It is shown as `where`. */
export async function importFile(path: string, where: string): Promise<Readonly<Record<string, unknown>>> {
  const text = readText(where);
  const { href } = pathToFileURL(path);
  if (TYPESCRIPT.test(path) && !FROM_SOURCES) {
    const tsx = await import('tsx/esm/api');
    tsx.register({ tsconfig: false });
  }
  const data = { own: OWN_MODULES, entry: MODULE_SYNTAX.test(text) ? href : undefined };
  register(`data:text/javascript,${encodeURIComponent(HOOKS)}`, import.meta.url, { data });
  try {
    return (await import(href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new InputError({
      what: isSyntaxError(error) ? 'has a syntax error' : 'cannot be imported',
      where,
      expected: 'a file that exports a kernel',
      found: foundIn(error, href, path, where),
      hint: 'tsc or an editor shows what is wrong; the README has an example of such a file',
    });
  }
}

/** An import of what a module does not export is one by name only. */
const isSyntaxError = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'TransformError' || (error.name === 'SyntaxError' && !error.message.includes('export named')));

/** What was thrown, in a line; with the file's own line, if the error knows it. */
function foundIn(error: unknown, href: string, path: string, where: string): string {
  if (!(error instanceof Error)) return String(error);
  // esbuild puts the place on a line of its own, after one that only counts.
  const message = error.name === 'TransformError' ? error.message.split('\n').slice(1).join(' ') : error.message;
  const [said = ''] = message.replaceAll(href, path).replaceAll(path, where).split('\n');
  const line = new RegExp(`(?:${escaped(href)}|${escaped(path)}):(\\d+)`).exec(error.stack ?? '')?.[1];
  const name = error.name === 'TransformError' ? '' : `${error.name}: `;
  return `${name}${said}${line === undefined || said.includes(`${where}:`) ? '' : ` (line ${line})`}`;
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
