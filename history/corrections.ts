/** An entry of the history whose account, written from reading, is not what its kernels do when they are run. */
export interface Correction {
  readonly id: string;
  /** What the account says happens. */
  readonly said: string;
  /** What was measured. */
  readonly measured: string;
}

/** What accounts say otherwise than runs of them show. Tests measure the counts anew. */
export const corrections: readonly Correction[] = [
  {
    id: 'afc7e326a3f5',
    said: 'A request for order 3 on a node in balance wakes kswapd, and it goes round for ever.',
    measured:
      'A wake-up on a node in balance wakes no one: no run begins. With the request pending from the start kswapd ' +
      'makes 2 runs instead of 1, shrinks nothing, and sleeps: refused sleep forgets the order in the loop of v4.0.',
  },
  {
    id: '4746efded84d',
    said: 'On a node whose only zone is Normal and in balance, a request for order 3 has kswapd spin.',
    measured:
      'No one is woken there. With the request pending from the start there are 2 runs instead of 1, no shrinking, ' +
      'and then sleep.',
  },
  {
    id: 'da175d06b437',
    said: 'A DMA zone that can never have its mark and its reserve free keeps kswapd from sleep for ever.',
    measured:
      'With Normal in balance no one is woken. With Normal a page below its mark and reclaim that frees 40 pages of ' +
      'it at a time, kswapd makes 2 runs instead of 1 and sleeps.',
  },
  {
    id: '08951e545918',
    said: 'A small zone at the top that is past hope takes a whole CPU.',
    measured:
      'Left alone it differs in nothing: 1 run and sleep, with the bug and without. It takes an event that gives the ' +
      'zone hope again between the run and the check, and then costs a round.',
  },
  {
    id: '38087d9b0360',
    said: 'With DMA in pieces and Normal in balance kswapd never sleeps, and kcompactd is never woken.',
    measured:
      'The loop of v4.19 gives the node up: 17 runs, 16 of them in vain, then kswapd sleeps, and kcompactd is woken ' +
      'once. Without the bug nothing is shrunk.',
  },
  {
    id: '6aa303defb74',
    said: 'A node of one zone without managed pages keeps kswapd going for ever.',
    measured: 'In v4.19 for 16 runs of 12 rounds, in vain, after which the node is given up and kswapd sleeps.',
  },
  {
    id: 'aa0925910958',
    said: 'Marks that are set anew with a boost of 100 have a low mark of five quarters of min and boost together.',
    measured:
      'The boost is added once, after the share of the min mark is taken: with a boost of 1 low and high are 41 and ' +
      '49 instead of 40 and 48.',
  },
  {
    id: '675becce15f3',
    said: 'A kernel allocation is throttled by a node that has high memory alone.',
    measured:
      'One that may not use high memory does not begin at such a node: the smallest case is a request that may. Any ' +
      'node that has no reserve will do.',
  },
  {
    id: 'LATENT-5',
    said: 'A waker writes between the load of the pending order and its reset.',
    measured:
      'In the specified kernels both are one step, so that they never fail. With a round of reclaim between the two ' +
      'one wake-up is enough, in a first run of kswapd and with no request before it.',
  },
  {
    id: '73444bc4d8f9',
    said: 'A wake-up is made with the lock of the zone held.',
    measured:
      'No locks are in the model. Its second form, a flag that is cleared with no wake-up, is found by the first ' +
      'take from a zone whose marks were raised.',
  },
  {
    id: 'LATENT-8',
    said: 'Rounds go on until a CPU adds its share of the count.',
    measured:
      'Lists of the model have one length; read with the drift of free pages the verdict differs in one question, ' +
      'and a zone with nothing to scan keeps its node out of balance.',
  },
];

/** Entries whose account was run as it is written, numbers included, and came out so. */
export const asDocumented: readonly string[] = [
  'bb3ab596832b',
  '99504748',
  '1741c877cfa4',
  '86c79f6b5426',
  'c702418f8a2f',
  'c73322d098e4',
  'e1a556374abc',
  '97a16fc82a7c',
  '9282012fc0aa',
  'f27ce0e14088',
  '6aaced5abd32',
  'd450abd81b08',
];
