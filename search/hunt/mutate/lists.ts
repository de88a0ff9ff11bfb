import type { Tree } from '../../../shrinkers/quantity.ts';
import type { Random } from '../random.ts';
import { isBranch, listIn, withField, withItem, type Branch } from './tree.ts';

/** Scripts are not made longer than this, which is more turns than are drawn. */
const MOST_TURNS = 200;
/** A turn is repeated at most so often. */
const MOST_REPEATS = 16;

/** A list with items left out, repeated, moved, or taken from another one. */
function edited(random: Random, list: readonly Tree[], others: readonly Tree[]): readonly Tree[] {
  const { length } = list;
  const from = random.below(length + 1);
  const count = 1 + random.below(random.oneIn(2) ? 2 : Math.max(1, length - from));
  const part = list.slice(from, from + count);
  const rest = [...list.slice(0, from), ...list.slice(from + count)];
  switch (random.below(6)) {
    case 0:
      return rest;
    case 1:
      return list.toSpliced(from, 0, ...part);
    case 2:
      return rest.toSpliced(random.below(rest.length + 1), 0, ...part);
    case 3:
      return list.toSpliced(
        from,
        0,
        ...new Array<Tree[]>(1 + random.below(MOST_REPEATS)).fill(part.slice(0, 1)).flat(),
      );
    case 4:
      return list.slice(0, from);
    default: {
      if (others.length === 0) return rest;
      const start = random.below(others.length);
      return list.toSpliced(from, 0, ...others.slice(start, start + count));
    }
  }
}

/** A script with other turns, or with turns of another case. */
export function editScript(random: Random, given: Branch, other: Branch): Branch {
  const script = edited(random, listIn(given, 'script'), listIn(other, 'script'));
  return script.length > MOST_TURNS ? given : withField(given, 'script', script);
}

/** The turns of a case that do something of a kind, by index. */
const turnsWith = (script: readonly Tree[], field: string): readonly number[] =>
  script.flatMap((turn, i) => (isBranch(turn) && turn[field] !== undefined ? [i] : []));

/** The events or merges of a turn changed, moved to another turn, or mixed with those of another case. */
export function editEvents(random: Random, given: Branch, other: Branch): Branch {
  const field = random.oneIn(4) ? 'merge' : 'events';
  const script = listIn(given, 'script');
  const turns = turnsWith(script, field);
  const otherScript = listIn(other, 'script');
  const otherTurns = turnsWith(otherScript, field);
  if (script.length === 0 || (turns.length === 0 && otherTurns.length === 0)) return given;
  const from =
    turns.length > 0 && (otherTurns.length === 0 || random.oneIn(2))
      ? (script[random.pick(turns)] as Branch)
      : (otherScript[random.pick(otherTurns)] as Branch);
  const at = random.below(script.length);
  const turn = script[at] as Branch;
  const list = edited(random, listIn(turn, field), listIn(from, field));
  return withField(given, 'script', withItem(script, at, withField(turn, field, list)));
}

/** The requests of a task of a whole machine changed, or mixed with those of another one. */
export function editRequests(random: Random, given: Branch, other: Branch): Branch {
  const tasks = listIn(given, 'tasks');
  const others = listIn(other, 'tasks');
  if (tasks.length === 0 || others.length === 0) return given;
  const at = random.below(tasks.length);
  const task = tasks[at] as Branch;
  const list = edited(random, listIn(task, 'requests'), listIn(random.pick(others) as Branch, 'requests'));
  return withField(given, 'tasks', withItem(tasks, at, withField(task, 'requests', list)));
}
