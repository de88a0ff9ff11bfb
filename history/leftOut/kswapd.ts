import type { LeftOut } from '../bug.ts';

const NO_LISTS = 'Which pages reclaim looks at, and in what order, is the environment’s choice in the model.';

/** Entries about kswapd itself that the model has no such thing for: races, threads, and what lists are made of. */
export const kswapdLeftOut: readonly LeftOut[] = [
  {
    id: '24512228b7a3',
    title: 'marks stayed boosted where memory is in small pieces anyway',
    landed: '5.1',
    kind: 'liveness',
    status: 'bug',
    story:
      'With discontiguous memory zones are so small that nearly every allocation has to take from blocks of another ' +
      'type. Each time the marks were boosted, and kswapd reclaimed without end. On such machines marks are not ' +
      'boosted.',
    why: 'Whether marks are boosted is said by the environment, and how memory lies is not part of the model.',
  },
  {
    id: '28360f398778',
    title: 'reclaim for boosts took page cache and left slab alone',
    landed: '5.3',
    kind: 'other',
    status: 'bug',
    story:
      'Runs on account of boosts did not shrink slab. Where memory was fragmented often the page cache went and ' +
      'inodes grew without bound. Slab is shrunk in proportion in every run.',
    why: 'The model has no slab: what is reclaimed comes off the lists of pages.',
  },
  {
    id: 'd8adde17e5f8',
    title: 'a kswapd that was stopped left its handle behind',
    landed: '3.5',
    kind: 'other',
    status: 'bug',
    story:
      'When memory was taken away kswapd was stopped, and the node kept the pointer to its thread. When memory came ' +
      'back no new thread was started, or the old pointer was used. It is cleared.',
    why:
      'kswapd is started and stopped by functions of their own (kswapdRun, kswapdStop), held to the kernel by tests ' +
      'and examples, and not by rules of a kernel: no case that is drawn stops a kswapd and starts it again, so ' +
      'that none could tell a kernel that forgets to clear the handle.',
  },
  {
    id: 'd5dc0ad928fb',
    title: 'a kswapd that could not be started counted as one',
    landed: '3.7',
    kind: 'other',
    status: 'bug',
    story:
      'If the thread could not be made the error took the place of the handle, and was later used as one when the ' +
      'node was to be stopped. The handle is cleared.',
    why:
      'A thread that cannot be made is an answer of kswapdRun, after which the node has no kswapd and a further ' +
      'start succeeds. That is a function beside the rules of a kernel: no case that is drawn has a start that ' +
      'fails, so that none could tell a kernel that takes the error for a thread.',
  },
  {
    id: '71abdc15adf8',
    title: 'kswapd kept its privileges on its way out',
    landed: '3.16',
    kind: 'other',
    status: 'bug',
    story:
      'A kswapd that was stopped left its loop still marked as one who may dig into the reserves, and what a thread ' +
      'does at its end could reclaim from within reclaim. The marks are cleared first.',
    why: 'What a thread does after it left its loop is not part of the model, and kswapd itself allocates nothing.',
  },
  {
    id: 'b4a0215e11dc',
    title: 'kcompactd followed the handle of a kswapd that was just being stopped',
    landed: '6.1',
    kind: 'other',
    status: 'bug',
    story:
      'kcompactd asks whether kswapd runs: it looked at the handle, and then followed it, while memory was being ' +
      'taken away and the handle cleared. A lock keeps the two apart.',
    why:
      'kcompactd is not in the model beyond the record that it was woken, and no case that is drawn takes memory ' +
      'away while it looks at another thread: both sides of the race are missing.',
  },
  {
    id: '36c26128b89c',
    title: 'a node was to be woken through a zone without managed pages',
    landed: '5.19',
    kind: 'lost request',
    status: 'bug',
    story:
      'Migration between nodes asked for kswapd through the highest zone of a node, without a look at whether it has ' +
      'pages. A wake-up through a zone that has none does nothing, so the node that was to make room was never ' +
      'reclaimed. The callers take a zone with managed pages.',
    why:
      'The fault is in a caller that the model has not, migration. The rule that it calls is as specified: wake-ups ' +
      'through zones without managed pages are drawn, and do nothing in any kernel, which is promised ' +
      '(a-request-is-merged-with-the-pending-one, a-node-is-woken-exactly-when-it-needs-it).',
  },
  {
    id: '669281ee7ef7',
    title: 'pages of zones that may not be used hid those of zones that may',
    landed: '6.6',
    kind: 'liveness',
    status: 'bug',
    story:
      'Reclaim by generations looked at the oldest pages of a node first. Where those lay in zones above the one ' +
      'that was asked for, it found none to take and gave up, with cold pages in lower zones. It goes on past them.',
    why: NO_LISTS,
  },
  {
    id: '5095a2b23987',
    title: 'reclaim by generations went on past the high mark',
    landed: '6.8',
    kind: 'safety',
    status: 'bug',
    story:
      'Over many control groups reclaim by generations took its whole target from each, and never looked at the ' +
      'marks in between. It stops once every zone is above its mark.',
    why: 'The model has neither control groups nor generations; one round of reclaim is one step of the environment.',
  },
  {
    id: 'f06590bd718e',
    title: 'shrinking slab could go on without ever letting another task run',
    landed: '3.0',
    kind: 'liveness',
    status: 'bug',
    story:
      'A slab that had nothing to give was left before the place where kswapd lets others run. Together with a ' +
      'kswapd that did not sleep this locked up processors without preemption. It is offered after each slab.',
    why: 'Scheduling within a round of reclaim is not part of the model: every round lets the machine go on.',
  },
  {
    id: 'b4536f0c829c',
    title: 'active pages of low zones never aged for requests limited to them',
    landed: '4.10',
    kind: 'liveness',
    status: 'bug',
    story:
      'Whether a control group has enough inactive pages was judged over all zones. A request for low zones found ' +
      'their pages all active and never had them moved, and tasks were killed for want of low memory. Only zones ' +
      'that the request may use are counted.',
    why: NO_LISTS,
  },
];
