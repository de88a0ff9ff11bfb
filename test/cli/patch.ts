import { read } from '../house/files.ts';

/** The README's example of a patch: its file, how it is checked, and lines of the answer. */
export interface PatchExample {
  readonly name: string;
  readonly text: string;
  /** The arguments of kswapd-spec. */
  readonly args: readonly string[];
  readonly answer: readonly string[];
}

export function patchExample(): PatchExample {
  const readme = read('README.md');
  const [, text, name] = /^```typescript\n(\/\/ (\S+)\n[^]*?)^```/m.exec(readme)!;
  const [, command, answer] = /^```console\n\$ npx kswapd-spec (.*)\n([^]*?)^```/m.exec(readme)!;
  return { name: name!, text: text!, args: command!.split(' '), answer: answer!.trimEnd().split('\n') };
}
