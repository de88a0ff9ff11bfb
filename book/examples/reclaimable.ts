import { example } from '../example.ts';

/** Worked examples of what reclaim could take, and of how long it tries. */
export const reclaimableExamples = [
  example({
    rule: 'zoneReclaimablePages',
    title: 'Anonymous pages need swap',
    zones: [{ name: 'Normal', lru: { inactiveFile: 200, activeFile: 100, inactiveAnon: 30, activeAnon: 70 } }],
    ask: (k, { system, node }, { swapPages }) => k.zoneReclaimablePages(k, { ...system, swapPages }, node.zones[0]!),
    cases: [
      { given: { swapPages: 0 }, expected: 300, worked: '200 + 100 file pages' },
      { given: { swapPages: 1 }, expected: 400, worked: 'and 30 + 70 anonymous ones: one free slot counts as swap' },
    ],
  }),
  example({
    rule: 'zoneReclaimable',
    title: 'Six times, and not one page more',
    zones: [
      { name: 'DMA', lru: { inactiveFile: 1000 }, pagesScanned: 5999 },
      { name: 'Normal', lru: { inactiveFile: 1000 }, pagesScanned: 6000 },
      { name: 'Movable' },
    ],
    ask: (k, { system, node }, { zone }) => k.zoneReclaimable(k, system, node.zones[zone]!),
    cases: [
      { given: { zone: 0 }, expected: true, worked: '5999 is less than 6 × 1000' },
      { given: { zone: 1 }, expected: false, worked: '6000 is not: the zone is given up' },
      { given: { zone: 2 }, expected: false, worked: 'with nothing to reclaim, 0 is not less than 6 × 0' },
    ],
  }),
];
