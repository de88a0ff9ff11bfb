import type { LeftOut } from '../bug.ts';

/** Entries on balance, watermarks and compaction that the model cannot express. */
export const balanceLeftOut: readonly LeftOut[] = [
  {
    id: '246e87a93934',
    title: 'lists that are short are never scanned',
    landed: '3.0',
    kind: 'liveness',
    status: 'bug',
    story:
      'How much of a list is scanned is its length shifted right by the priority. For a short list that is nothing ' +
      'for most of the way down, so a small zone was passed over by rounds that only raised the pressure on ' +
      'others, and could not show that it had become reclaimable. Short lists are scanned by a least amount now.',
    why:
      'How many pages a round scans, and which, is the environment’s to say. A kernel cannot differ in it; an ' +
      'environment that scans nothing until late is one of those that are drawn for every kernel.',
  },
  {
    id: '702d1a6e0766',
    title: 'isolated pages count as free',
    landed: '3.6',
    kind: 'liveness',
    status: 'bug',
    story:
      'Blocks that are isolated, to be taken offline or given to a device, counted as free though nobody gets ' +
      'them. kswapd saw plenty of memory and slept, allocations failed and woke it again. Isolated pages were ' +
      'subtracted from what kswapd sees.',
    why:
      'A zone of the model has no isolated blocks: from 3.7 on they are not among its free pages, and nothing that ' +
      'kswapd decides reads them.',
  },
  {
    id: 'a458431e176d',
    title: 'isolated pages are subtracted twice',
    landed: '3.8',
    kind: 'accounting',
    status: 'bug',
    story:
      'Once the counter of free pages left isolated ones out by itself, the careful watermark check went on to ' +
      'subtract them. kswapd saw less memory than there was, less than nothing at worst, and reclaimed for it.',
    why: 'A zone of the model has no isolated blocks that could be subtracted.',
  },
  {
    id: '4ae0a48b5efc',
    title: 'kswapd no longer rests between rounds, and waits for a zone that is not there',
    landed: '3.8',
    kind: 'safety',
    status: 'bug',
    story:
      'A clean-up made one function of the rules for order 0 and for high orders, and on its way took out the ' +
      'pause that a run made between rounds unless a zone was congested. Runs over nodes with one small low zone ' +
      'reclaimed much more from the others; and where no zone was out of balance, the wait was called with none.',
    why:
      'That one function is what v4.0 has. Pauses within a run were gone by v4.0, and how fast rounds follow one ' +
      'another is not in the model, which has no clock.',
  },
  {
    id: '0db2cb8da89d',
    title: 'pages that only a precise counter sees are hoped for and never scanned',
    landed: '4.7',
    kind: 'liveness',
    status: 'bug',
    story:
      'The question whether a zone is worth another try was made to add up what CPUs had counted by themselves, ' +
      'and how much to scan was not. A few pages that only the first saw kept a task trying, and every try scanned ' +
      'nothing. The question was dropped from direct reclaim altogether.',
    why:
      'The lists of a zone have one length in the model, and no differences between CPUs; and how much is scanned ' +
      'is the environment’s to say.',
  },
  {
    id: 'a1f0220f3319',
    title: 'whole blocks are wanted for order 0 too',
    landed: '6.15',
    kind: 'safety',
    status: 'bug',
    story:
      'With defrag_mode a node is balanced when enough of it is free in whole page blocks. That was asked even ' +
      'after a run had given its order up and left the rest to kcompactd, so kswapd went on reclaiming, half as ' +
      'much again as before. After that point single pages count.',
    why:
      'defrag_mode and its counter of whole free blocks are ten years younger than the last kernel that is ' +
      'specified. A kernel with the mode but without the fix would differ from v5.9 in far more than one rule.',
  },
  {
    id: 'd7868dae893c',
    title: 'caches are shrunk for a zone that is in order',
    landed: '3.0',
    kind: 'safety',
    status: 'bug',
    story:
      'In each round kswapd shrank the kernel’s caches for every zone, also for those that had enough. While a ' +
      'small zone kept it awake, the caches of the whole machine went. They are shrunk only with a zone that is.',
    why:
      'The kernel’s caches are not in the model: what shrinking gives is one number, of pages on lists. Whether a ' +
      'zone is shrunk at all is, and a promise of its own (zones-are-shrunk-upwards).',
  },
  {
    id: '96710098ee12',
    title: 'the more often compaction fails, the more is reclaimed',
    landed: '3.7',
    kind: 'safety',
    status: 'bug',
    story:
      'What reclaim for a high order aims at was doubled with every failure of compaction, up to 64 times. It ' +
      'freed far more than any request was worth, and kswapd took a whole CPU. The change was taken back.',
    why:
      'How often compaction failed, and by that is put off, is not in the model, and neither is when reclaim of a ' +
      'single zone stops: the environment says what it comes to.',
  },
];
