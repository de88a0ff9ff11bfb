import { Command, Option } from 'commander';
import pc from 'picocolors';
import { leftOut, type LeftOut } from '../history/index.ts';
import { InputError } from '../kernel/inputError.ts';
import { bugJson } from '../report/history/json.ts';
import { bugHead, bugLine, bugStory, leftOutLines, leftOutStory } from '../report/history/text.ts';
import { writeLines } from '../report/writer.ts';
import { bugsNamed, DEFAULT_MOST, searchBug, showBug, type Searched, type ShownBug } from '../search/history.ts';
import { positiveCount, seedNumber } from './options.ts';
import { makeStatusLine } from './progress.ts';

interface Options {
  readonly list?: true;
  readonly leftOut?: true;
  readonly seed: number;
  readonly runs: number;
  readonly json?: true;
}

const HELP = `
Every bug is a kernel: a specified one as it is, or one in which the fix is undone. Without an ID each is looked for
anew, by the property that tells it, as check draws cases; with one its story is told, and its smallest case is run
with and without it; of an entry that the model cannot show it is told why. The beginning of an id is enough.

Exit code: 0 all were found, 1 some were not, 2 bad usage or input.

Examples:
  kswapd-spec history --list
  kswapd-spec history f50de2d38110
  kswapd-spec history --seed 7 --json`;

/** `kswapd-spec history`: twenty years of bugs, found again, and the story of each. */
export function historyCommand(): Command {
  return new Command('history')
    .summary('find the bugs of twenty years again, or tell the story of one')
    .description('Looks for every historical bug that the model shows, or tells the story of one.')
    .argument('[id]', 'tell the story of this one')
    .addOption(
      new Option('--list', 'list what is kept, without looking for anything').conflicts(['leftOut', 'seed', 'runs']),
    )
    .addOption(
      new Option('--left-out', 'list the entries that the model cannot show, and why').conflicts(['seed', 'runs']),
    )
    .option('--seed <n>', 'where the search begins', seedNumber, 1)
    .option('--runs <n>', 'most cases to try for each', positiveCount, DEFAULT_MOST)
    .option('--json', 'write it as JSON')
    .addHelpText('after', HELP)
    .action(async (id: string | undefined, options: Options, command: Command) => {
      if (id !== undefined) checkAlone(id, command);
      if (options.leftOut === true) await listLeftOut(options);
      else if (id !== undefined) await tell(id, options);
      else await findAll(options);
    });
}

/** The story of one bug is told whatever the options of a list or of a search say: they are not for it. */
function checkAlone(id: string, command: Command): void {
  const given = command.options.find(
    (option) => option.long !== '--json' && command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (given === undefined) return;
  throw new InputError({
    what: `does not go with the id of one, ${id}`,
    where: given.long!,
    hint: 'leave out either',
  });
}

async function listLeftOut({ json }: Options): Promise<void> {
  const lines = json === true ? [JSON.stringify({ leftOut }, undefined, 2)] : leftOut.flatMap(leftOutLines);
  await writeLines(process.stdout, lines);
}

async function tell(id: string, { json }: Options): Promise<void> {
  const found = bugsNamed(id);
  const left = found.length > 0 ? [] : leftOut.filter((one) => one.id.startsWith(id));
  if (left.length === 1) {
    const [one] = left as [LeftOut];
    const story = (): string => leftOutStory(one, { colors: pc.isColorSupported });
    return writeLines(process.stdout, [json === true ? JSON.stringify({ leftOut: one }, undefined, 2) : story()]);
  }
  if (found.length !== 1) {
    const begun = [...found, ...left].map((one) => one.id);
    throw new InputError({
      what: begun.length === 0 ? `there is no bug ${id} here` : `${id} is the beginning of several bugs`,
      where: 'history',
      expected: begun.length === 0 ? 'the id of one' : `one of ${begun.join(', ')}`,
      hint: 'kswapd-spec history --list shows all, --left-out those that the model cannot show',
    });
  }
  const shown = showBug(found[0]!);
  const style = { colors: pc.isColorSupported };
  await writeLines(process.stdout, [
    json === true ? JSON.stringify(bugJson(shown, undefined), undefined, 2) : bugStory(shown, style),
  ]);
}

interface Told {
  readonly shown: ShownBug;
  readonly searched: Searched | undefined;
}

async function findAll({ list, seed, runs, json }: Options): Promise<void> {
  const style = { colors: pc.isColorSupported };
  const told: Told[] = [];
  const all = bugsNamed('');
  const status = makeStatusLine();
  if (json !== true) await writeLines(process.stdout, [bugHead(list !== true, style)]);
  for (const [i, bug] of all.entries()) {
    status.show(() => `looking for ${bug.id}, ${i + 1} of ${all.length}`);
    const shown = showBug(bug);
    const searched = list === true ? undefined : searchBug(shown, seed, runs);
    told.push({ shown, searched });
    status.clear();
    if (json !== true) await writeLines(process.stdout, [bugLine(shown, searched, style)]);
  }
  const missed = told.filter(({ searched }) => searched?.found === false).length;
  const text = json === true ? allJson(told) : summary(told.length, list === true ? undefined : missed, seed, runs);
  await writeLines(process.stdout, [text]);
  process.exitCode = missed > 0 ? 1 : 0;
}

const allJson = (told: readonly Told[]): string =>
  JSON.stringify({ bugs: told.map(({ shown, searched }) => bugJson(shown, searched)), leftOut }, undefined, 2);

function summary(all: number, missed: number | undefined, seed: number, runs: number): string {
  const left = `${leftOut.length} entries are left out (--left-out says why)`;
  if (missed === undefined) return `\n${all} bugs; ${left}`;
  const came = missed === 0 ? 'all were found' : `${missed} were not found in ${runs.toLocaleString('en-US')} cases`;
  return `\n${all} bugs, seed ${seed}: ${came}; ${left}`;
}
