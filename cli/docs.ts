import { Command } from 'commander';
import { makeBook } from '../book/book.ts';
import { compareBook, writeBook } from '../book/folder.ts';
import { writeLines } from '../report/writer.ts';

interface Options {
  readonly out: string;
  readonly check?: true;
}

const HELP = `
Every worked example is asked of the model before it is written; a wrong one ends the command.
Exit code: 0 written (with --check: in step), 1 out of step, 2 the folder is unusable.

Examples:
  kswapd-spec docs --out book
  kswapd-spec docs --check`;

/** `kswapd-spec docs`: the specification for people, as linked Markdown. */
export function docsCommand(): Command {
  return new Command('docs')
    .summary('write the specification for people')
    .description('Writes the specification as linked Markdown pages, from the model’s own comments and records.')
    .option('--out <dir>', 'the folder to write to', 'docs/specification')
    .option('--check', 'write nothing; say whether the folder is in step with the model')
    .addHelpText('after', HELP)
    .action(async ({ out, check }: Options) => {
      const book = makeBook();
      if (check !== true) {
        writeBook(book, out);
        await writeLines(process.stdout, [`${book.size} files written to ${out}. Begin with ${out}/README.md`]);
        return;
      }
      const differences = compareBook(book, out);
      if (differences.length === 0) {
        await writeLines(process.stdout, [`${out} is in step: ${book.size} files`]);
        return;
      }
      await writeLines(process.stdout, [
        `${out} is out of step with the model:`,
        ...differences.map(({ path, how }) => `  ${path} ${how}`),
        `  hint: run \`kswapd-spec docs --out ${out}\`, and delete what is left over`,
      ]);
      process.exitCode = 1;
    });
}
