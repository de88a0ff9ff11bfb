import type { WholeEvent, WholeTurn } from '../model/index.ts';
import { code, link, page, plain, table } from './markdown.ts';
import { machineStoryText } from './machineStory.ts';
import type { CommentFinder } from './modelComments.ts';
import { FAMILY_TITLES } from './propertyFamilies.ts';
import { recordText, type RecordPlaces } from './recordText.ts';
import { statePlaces } from './statePage.ts';

const MACHINE_RECORDS = ['WholeMachine', 'WholeTask', 'PageRequest', 'Held'] as const;
const SCENARIO_RECORDS = ['WholeScenario', 'WholeScenarioTask', 'WholeRequest', 'WholeTurn'] as const;

const PLACES: RecordPlaces = {
  ...statePlaces,
  ...Object.fromEntries([...MACHINE_RECORDS, ...SCENARIO_RECORDS].map((name) => [name, ''])),
  AllocTask: 'allocator.md',
  DirectTask: 'direct-reclaim.md',
};

/** What happens in a turn, from the whole to its parts. */
export const MACHINE_MOVES = [
  'takeWholeTurn',
  'moveKswapd',
  'moveTask',
  'freeDue',
  'reclaimOnTheWay',
  'chooseVictim',
  'onlinePages',
] as const;

type EventName = WholeEvent extends infer E ? (E extends unknown ? keyof E : never) : never;

/** What can happen to the machine as a whole in a turn; one for each event that the model has. */
const EVENTS: Readonly<Record<EventName, string>> = {
  online: 'pages are added to a zone of a node, which may have had none: marks, reserves and zonelists are made anew',
  merge: 'freed blocks meet their buddies and become larger ones',
  swap: 'so many swap slots are free',
  bufferHeads: 'there are too many buffer heads, or no longer',
  kill: 'a fatal signal reaches a task',
};

/** What comes of the wait that the mover is in; one for each answer that a turn can have. */
const ANSWERS: Readonly<Record<Exclude<keyof WholeTurn, 'who' | 'events'>, string>> = {
  scanned: 'reclaim: the pages that were scanned',
  reclaimed: 'reclaim: the pages that were freed, by zone index',
  remaining: 'kswapd’s short sleep: the jiffies that were left when it was woken',
  merge: 'compaction: the blocks that it made',
  compactResult: 'compaction in the allocator: what came of it',
  contended: 'compaction in the allocator: what stood in its way, in v4.0',
  memcgLowSkipped: 'direct reclaim: some control group was spared for its low limit',
  skippedDeactivate: 'direct reclaim: some active list was left alone, in v5.9',
  signal: 'a throttled task: a signal reaches it',
  timeout: 'a throttled task: a second has passed',
};

const named = (meanings: Readonly<Record<string, string>>): string =>
  table(
    ['name', 'meaning'],
    Object.entries(meanings).map(([name, meaning]) => [code(name), plain(meaning)]),
  );

/** The page about whole machines. */
export function machinesPage(commentOf: CommentFinder): string {
  const text = (name: string): string => recordText(commentOf(name, 'whole/'), PLACES);
  return page(
    link('kswapd, specified', 'README.md'),
    '# Whole machines',
    'A *machine* is everything at once: one to many nodes with their zones and zonelists, a kswapd for each node ' +
      'that has memory, and tasks that ask the [page allocator](allocator.md) for blocks, hold them and give them ' +
      'back, and that go into [direct reclaim](direct-reclaim.md) or to the OOM killer when there is too little. All ' +
      'of them are small-step machines over one memory; nothing but a turn decides who moves.',
    'In a *turn*, blocks whose time is up are freed first. Then one kswapd or task moves: it hears what came of its ' +
      'wait, and what happened to the machine meanwhile, and goes on to where it waits next. A task that has nothing ' +
      'to wait for begins its next request. A kswapd wakes throttled tasks of its node; a request wakes kswapds. ' +
      'That a request is refused, or that a task is chosen by the OOM killer, is an outcome like any other.',
    `What must hold of machines is on the page ${link(FAMILY_TITLES.machine, 'properties/machine.md')}.`,
    machineStoryText(),
    '## What a machine is',
    MACHINE_RECORDS.map(text),
    '## How it moves',
    MACHINE_MOVES.map((name) => recordText(commentOf(name, 'whole/'), PLACES)),
    '## A scenario of a machine',
    'A scenario is a file of JSON: the machine, its tasks, and a script of turns; ' +
      '[scenario.schema.json](scenario.schema.json) is its schema. When the script has run out it stops, or everyone ' +
      'moves in turn with reclaim as productive as it can be, until nobody has anything to do.',
    SCENARIO_RECORDS.map(text),
    '### What comes of a wait',
    'A turn says it, as far as the wait concerns it:',
    named(ANSWERS),
    '### What can happen meanwhile',
    named(EVENTS),
  );
}
