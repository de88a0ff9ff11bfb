import { arbitraryWhole } from '../generators/index.ts';
import {
  LAYOUTS,
  makeSetupMachine,
  MAX_ORDER,
  mebibytes,
  setupAtBoot,
  type AllocNode,
  type Kernel,
  type WholeRequest,
  type WholeScenario,
} from '../model/index.ts';
import { drawn } from './drawn.ts';

const NODES = 4;
const REQUESTS = 1000;
const REQUESTS_A_TASK = REQUESTS / NODES;
/** Drawn machines whose tasks make that many requests between them, and some to spare. */
const MACHINES = 250;
const LIMIT = 100 * REQUESTS;

const SYSTEM: WholeScenario['system'] = {
  swapPages: 0,
  bufferHeadsOverLimit: false,
  compaction: true,
  cma: false,
  extfragThreshold: 500,
  laptopMode: false,
  layout: 'x86_64',
  distance: Array.from({ length: NODES }, (_, i) => Array.from({ length: NODES }, (__, j) => (i === j ? 10 : 20))),
  zoneReclaimMode: 0,
  suspendedStorage: false,
  zonelistOrder: 'default',
};

/** Pages of each zone: the first node has the lower ones, each node has 32 MiB. */
const SIZES = Array.from({ length: NODES }, (_, node) =>
  node === 0 ? [mebibytes(8), mebibytes(8), mebibytes(16), 0] : [0, 0, mebibytes(32), 0],
);

/** So many pages, half of them single and half in the largest blocks that there are, with the rest in between. */
const blocksOf = (pages: number): readonly number[] =>
  Array.from({ length: MAX_ORDER }, (_, order) => {
    const large = pages >> 1;
    const own = order === MAX_ORDER - 1 ? large >> order : (large >> order) & 1;
    return order === 0 ? own + pages - large : own;
  });

/** The nodes as the kernel sets them up, the high mark free, the rest in the page cache, and kswapd asleep. */
function nodesOf(kernel: Kernel): readonly AllocNode[] {
  const raw = SIZES.map((sizes, id) => ({
    id,
    zones: LAYOUTS.x86_64.map((name, i) => {
      const pages = sizes[i]!;
      return { name, present: pages, managed: pages, watermark: { min: 0, low: 0, high: 0 }, percpuDriftMark: 0 };
    }),
  }));
  const settings = {
    totalramPages: NODES * mebibytes(32),
    onlineCpus: NODES,
    minFreeKbytes: 0,
    userMinFreeKbytes: -1,
    lowmemReserveRatio: [256, 256, 32],
  };
  return setupAtBoot(kernel, makeSetupMachine(raw, settings)).nodes.map(({ id, zones }) => ({
    id,
    zones: zones.map(({ name, present, managed, watermark, lowmemReserve }) => {
      const free = Math.min(managed, watermark.high);
      return {
        name,
        present,
        managed,
        watermark,
        boost: 0,
        lowmemReserve,
        free: { movable: blocksOf(free) },
        reservedHighatomic: 0,
        vmstatDrift: 0,
        percpuDriftMark: 0,
        lru: { inactiveAnon: 0, activeAnon: 0, inactiveFile: managed - free, activeFile: 0 },
        pagesScanned: 0,
        flags: [],
        allocBatch: watermark.high - watermark.low,
      };
    }),
    kswapd: { order: 0, zoneIdx: LAYOUTS.x86_64.length - 1, failures: 0, waiting: true },
  }));
}

/** Whether the request may wait for as long as it takes: it must not fail, or kills nobody for its page. */
const mayWaitForEver = ({ gfp }: WholeRequest): boolean =>
  gfp.includes('NOFAIL') || (gfp.includes('IO') && !gfp.includes('FS'));

/** What the tasks of drawn machines ask for. */
const requestsOf = (kernel: Kernel): readonly WholeRequest[] =>
  drawn(arbitraryWhole(kernel), MACHINES, ({ nodes }) => nodes.length === NODES)
    .flatMap(({ tasks }) => tasks.flatMap(({ requests }) => requests))
    .filter((request) => !mayWaitForEver(request));

/**
 * A machine of four nodes with a task on each, which between them ask for pages a thousand times, while reclaim and
 * compaction do what they can.
 */
export function busyMachine(kernel: Kernel): WholeScenario {
  const requests = requestsOf(kernel);
  const tasks = Array.from({ length: NODES }, (_, node) => ({
    node,
    requests: requests.slice(node * REQUESTS_A_TASK, (node + 1) * REQUESTS_A_TASK),
  }));
  return { system: SYSTEM, nodes: nodesOf(kernel), tasks, script: [], afterwards: 'productive', limit: LIMIT };
}
