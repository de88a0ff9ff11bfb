import { asDocumented, bugs, corrections } from '../../history/index.ts';

const titleOf = (id: string): string => bugs.find((bug) => bug.id === id)!.title;

/** The page of what accounts of bugs say otherwise than runs show. */
export function correctionsPage(): string {
  const others = bugs.length - asDocumented.length - corrections.length;
  return [
    '# Accounts of the history, measured',
    '',
    'Accounts of historical bugs name a case: a node, what is asked of it, and what follows. They were written from',
    'reading changes and reports. Run on the kernel that has the bug and on the same one without it:',
    '',
    `- ${asDocumented.length} came out as documented: ${asDocumented.map((id) => `\`${id}\``).join(', ')}.`,
    `- ${corrections.length} did not, or cannot happen in the model as they are written; the list is below.`,
    `- Of the other ${others} the account itself was not run. That each bug is there is shown by its smallest case,`,
    '  with the bug and without it: `kswapd-spec litmus --history`.',
    '',
    ...corrections.flatMap(({ id, said, measured }) => [
      `## ${id}: ${titleOf(id)}`,
      '',
      `*The account:* ${said}`,
      '',
      `*Measured:* ${measured}`,
      '',
    ]),
  ].join('\n');
}
