import pc from 'picocolors';
import { InputError } from '../kernel/inputError.ts';

/** As a shell says that a program ended because nobody reads what it writes. */
const NOBODY_READS = 141;

/** Ends the command: its output has nowhere to go. A reader that has seen enough (`| head`) is told nothing. */
function outputFailed(error: Error): never {
  if ('code' in error && error.code === 'EPIPE') process.exit(NOBODY_READS);
  tell(new InputError({ what: 'cannot be written to', where: 'standard output', found: error.message }));
  process.exit(2);
}

/** Says on standard error what was wrong with what a user gave. */
export const tell = ({ message }: InputError): boolean => process.stderr.write(`${pc.red('error:')} ${message}\n`);

/** Has the command end, whichever it is, when its output has nowhere to go. */
export function watchOutput(): void {
  process.stdout.on('error', outputFailed);
  // There is nobody left to tell it to.
  process.stderr.on('error', () => {});
}

/** Ends the command if that is what went wrong. */
export function checkOutput(error: unknown): void {
  if (error instanceof Error && error === process.stdout.errored) outputFailed(error);
}
