import type { End, Run } from '../../model/index.ts';
import { fold, shapeOf } from './fold.ts';
import type { ShownRun } from './sequel.ts';
import { colorsOf, counted, wrap, type Colors, type Style } from './style.ts';
import { turnStories, type Happening, type TurnStory } from './turns.ts';

const TURN_WIDTH = 5;
const POINT_WIDTH = 10;
const INDENT = ' '.repeat(TURN_WIDTH + POINT_WIDTH + 3);

/** What the environment does at a point when it does nothing. */
const NOTHING: Readonly<Record<string, string>> = {
  shortSleep: 'undisturbed',
  sleep: 'nothing happens',
};

/**
 * A run turn by turn: what the environment did, and after an arrow what kswapd changed and recorded until it waited
 * again. Long repetitions are folded; the failing step, an index into the run's, is marked with ✗.
 */
export function renderTimeline(run: Run, style: Style, failedStep?: number): string {
  return timelineLines({ run, failedStep, sequel: undefined }, colorsOf(style)).join('\n');
}

/** The same for a run with what follows it. */
export function timelineLines({ run, failedStep, sequel }: ShownRun, c: Colors): readonly string[] {
  const stories = turnStories(run, failedStep).map((story) => ({ story, lines: storyLines(story) }));
  const first = sequel === undefined ? -1 : stories.findIndex(({ story }) => story.turn === sequel.turn);
  const own = first < 0 ? stories : stories.slice(0, first);
  const head = `${'turn'.padStart(TURN_WIDTH)} ${'waits at'.padEnd(POINT_WIDTH)}  what happens`;
  const follows = sequel === undefined ? [] : [c.dim(`      from here on no request, and ${sequel.like}:`)];
  return [
    c.dim(head),
    ...foldedLines(own, c),
    ...follows,
    ...(first < 0 ? [] : foldedLines(stories.slice(first), c)),
    endLine(run, c),
  ];
}

const foldedLines = (stories: readonly WrittenStory[], c: Colors): readonly string[] =>
  fold(stories, storyKey).flatMap((item) =>
    'shown' in item ? item.shown.lines.map((line) => painted(line, c)) : [c.dim(hiddenLine(item.hidden, item.period))],
  );

interface WrittenStory {
  readonly story: TurnStory;
  readonly lines: readonly string[];
}

/** Turns with equal keys are alike. The failing one is like no other. */
function storyKey({ story: { turn, environment, kswapd }, lines }: WrittenStory): string {
  const fails = [...environment, ...kswapd].some(({ failed }) => failed);
  return fails ? `failed ${turn}` : shapeOf(lines.join(' '));
}

const happeningKey = ({ text, failed }: Happening): string => (failed ? `failed ${text}` : shapeOf(text));

function hiddenLine(hidden: readonly WrittenStory[], period: number): string {
  const from = hidden[0]!.story.turn ?? 0;
  const to = hidden.at(-1)!.story.turn ?? 0;
  const times = hidden.length / period;
  const what =
    period === 1 ? `${hidden.length} more like this` : `the same ${period} turns ${counted(times, 'more time')}`;
  return `${' '.repeat(TURN_WIDTH - 1)}… ${what} (turns ${from} to ${to})`;
}

function storyLines({ turn, at, environment, kswapd }: TurnStory): readonly string[] {
  const head = `${String(turn ?? '').padStart(TURN_WIDTH)} ${at.padEnd(POINT_WIDTH)}  `;
  const idle = environment.length === 0 && turn !== undefined ? NOTHING[at] : undefined;
  const happened = idle === undefined ? environment : [{ text: idle, failed: false }];
  const outside = happeningLines(foldAlike(happened), '');
  const own = happeningLines(kswapd, '→ ');
  const [first = '', ...rest] = [...outside, ...own];
  return [withHead(head, first), ...rest].map((line) => line.trimEnd());
}

/** The first line with its turn; the mark of a failing step stays in its margin. */
const withHead = (head: string, line: string): string =>
  line.startsWith('✗') ? `✗${head.slice(1)}${line.slice(INDENT.length)}` : head + line.slice(INDENT.length);

/** Happenings in lines, several a line; a failing one stands on lines of its own. */
function happeningLines(happenings: readonly Happening[], sign: string): readonly string[] {
  const lines: string[] = [];
  let together: string[] = [];
  const rest = INDENT + ' '.repeat(sign.length);
  const flush = (): void => {
    if (together.length > 0) lines.push(...wrap(together.join('; '), INDENT + sign, rest));
    together = [];
  };
  for (const { text, failed } of happenings) {
    if (!failed) {
      together.push(text);
      continue;
    }
    flush();
    lines.push(...wrap(text, `✗${INDENT.slice(1)}${sign}`, `✗${rest.slice(1)}`));
  }
  flush();
  return lines;
}

function foldAlike(happenings: readonly Happening[]): readonly Happening[] {
  return fold(happenings, happeningKey).map((item) =>
    'shown' in item ? item.shown : { text: `… ${item.hidden.length} more like this …`, failed: false },
  );
}

const painted = (line: string, c: Colors): string =>
  line.startsWith('✗')
    ? c.red(line)
    : c.dim(line.slice(0, TURN_WIDTH)) + c.bold(line.slice(TURN_WIDTH, INDENT.length)) + line.slice(INDENT.length);

const ENDS: Readonly<Record<End, string>> = {
  asleep: 'the script ends while kswapd sleeps',
  stopped: 'kswapd has ended',
  limit: 'the run is cut off',
  spinning: 'kswapd spins: it began to balance again and again without waiting once',
  reached: 'the run ends here',
};

const endLine = ({ end, turns }: Run, c: Colors): string =>
  c.dim(`${'end'.padStart(TURN_WIDTH)} after ${counted(turns, 'turn')}: ${ENDS[end]}`);
