import type { DocComment } from './comments.ts';
import { code, link, listed, plain, slug } from './markdown.ts';
import type { CommentFinder } from './modelComments.ts';
import type { ProgramPage } from './programPages.ts';
import type { ProgramName, Step } from './programs.ts';
import { reasonsText } from './reasons.ts';
import { abstractsText, sourcesText } from './ruleText.ts';
import { goneIn, historyText, kernelNamed, sinceOf, versionsOf, type Version } from './versions.ts';

const pointLink = (point: string): string => link(code(point), `#${slug(point)}`);

/** A step in one of its forms, and what stands above it in the model. */
interface StepVersion extends Version<Step> {
  readonly comment: DocComment;
}

/** The forms of a step in the kernels of a page. */
export function stepVersions(
  { program, kernels }: ProgramPage,
  point: string,
  commentOf: CommentFinder,
): readonly StepVersion[] {
  const { folder, exported, stepsOf } = program;
  // The comment stands with the kernel that brought the step, which may be one that the page does not tell of.
  const all = versionsOf((k) => stepsOf(k)[point]);
  return versionsOf((k) => stepsOf(k)[point], kernels).map((version) => {
    const since = sinceOf(all.find(({ part }) => part === version.part)!);
    const comment = commentOf(exported[point] ?? point, folder, since);
    return { part: version.part, kernels: version.kernels, comment };
  });
}

/** What the book says of a point: what is done there in each of the page's kernels, and why it changed. */
export function stepText(shown: ProgramPage, point: string, commentOf: CommentFinder): string {
  const { program, kernels } = shown;
  if (point === program.end) return `### ${code(point)}\n\n${END_TEXTS[program.machine]!}`;
  const versions = stepVersions(shown, point, commentOf);
  const told = versions.flatMap((version, i) => [
    i === 0 ? '' : `**In ${listed(version.kernels)}:**`,
    ...oneStep(version, versions[i - 1]),
    sinceOf(version) === kernels[0]?.name ? '' : whyText(program, point, sinceOf(version), 'What made it so'),
  ]);
  const gone = goneIn(versions, kernels)?.name;
  return [
    `### ${code(point)}`,
    kernels.length === 1 ? '' : `*${historyText(versions, kernels)}*`,
    ...told,
    gone === undefined ? '' : whyText(program, point, gone, `Why it is gone in ${gone}`),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

const END_TEXTS: Readonly<Record<string, string>> = {
  kswapd: 'kswapd has left its loop, and its thread ends.',
  allocator: 'The task has its page, or none.',
  directReclaim: 'The task returns to the allocator, with the pages that it reclaimed; 1 also for other progress.',
};

/** One form of a step; what it has in common with the one before it is not said again. */
function oneStep({ part, comment }: StepVersion, earlier: StepVersion | undefined): readonly string[] {
  const before = earlier?.part;
  const leftOut = abstractsText(comment);
  return [
    part.waitsFor === undefined || before?.waitsFor === part.waitsFor ? '' : `*Waits for* ${part.waitsFor}.`,
    before?.does === part.does ? '' : `**${plain(part.does)}**`,
    ...(earlier?.comment.text.join() === comment.text.join() ? [] : comment.text.map(plain)),
    before?.to.join() === part.to.join() ? '' : `*Goes to* ${listed(part.to.map(pointLink), 'or')}.`,
    sourcesText(comment),
    earlier !== undefined && abstractsText(earlier.comment) === leftOut ? '' : leftOut,
  ];
}

function whyText({ machine }: ProgramName, point: string, kernel: string, what: string): string {
  const why = reasonsText(kernelNamed(kernel), `${machine}.${point}`);
  return why === '' ? '' : `${what}:\n\n${why}`;
}
