import { code, link } from './markdown.ts';

/** A place in the kernel's sources. */
export interface KernelSource {
  readonly version: string;
  readonly file: string;
  /** Functions or types; for a type with its keyword: `struct zone`. */
  readonly names: readonly string[];
}

/** Reads `v4.0 mm/vmscan.c pgdat_balanced`; several names are separated by commas. */
export function readSource(text: string): KernelSource {
  const match = /^(v\S+) (\S+) (.+)$/.exec(text);
  if (match === null) throw new Error(`A source is written as version, file and name, but this one is: ${text}`);
  const [, version = '', file = '', names = ''] = match;
  return { version, file, names: names.split(',').map((name) => name.trim()) };
}

/** Sources as Markdown, one text for each file. */
export function showSources(texts: readonly string[]): readonly string[] {
  const files = new Map<string, KernelSource>();
  for (const { version, file, names } of texts.map(readSource)) {
    const before = files.get(`${version} ${file}`)?.names ?? [];
    files.set(`${version} ${file}`, { version, file, names: [...before, ...names] });
  }
  return [...files.values()].map(showSource);
}

/** The source as Markdown, with the file as a link into the kernel's own tree. */
function showSource({ version, file, names }: KernelSource): string {
  const tree = 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree';
  return `Linux ${version}, ${link(file, `${tree}/${file}?h=${version}`)}, ${names.map(code).join(', ')}`;
}
