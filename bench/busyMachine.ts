import { arbitraryWhole } from '../generators/index.ts';
import type { Kernel, WholeRequest, WholeScenario } from '../model/index.ts';
import { drawn } from './drawn.ts';

const NODES = 4;
const REQUESTS = 1000;
const REQUESTS_A_TASK = REQUESTS / NODES;
/** Drawn machines whose tasks make that many requests between them, and some to spare. */
const MACHINES = 150;
const LIMIT = 100 * REQUESTS;

/** Whether the request may wait for as long as it takes: it must not fail, or kills nobody for its page. */
const mayWaitForEver = ({ gfp }: WholeRequest): boolean =>
  gfp.includes('NOFAIL') || (gfp.includes('IO') && !gfp.includes('FS'));

const hasFourNodes = ({ nodes }: WholeScenario): boolean => nodes.length === NODES;

/** Four nodes that all have something to reclaim, and kswapds that have not given up. */
const isSound = (machine: WholeScenario): boolean =>
  hasFourNodes(machine) &&
  machine.nodes.every(({ zones, kswapd }) => kswapd.failures === 0 && zones.some(({ lru }) => lru.inactiveFile > 0));

/**
 * A drawn machine of four nodes with a task on each, which between them make a thousand of the requests that the tasks
 * of drawn machines make, while reclaim frees what it can.
 */
export function busyMachine(kernel: Kernel): WholeScenario {
  const [machine] = drawn(arbitraryWhole(kernel), 1, isSound);
  const requests = drawn(arbitraryWhole(kernel), MACHINES, hasFourNodes)
    .flatMap(({ tasks }) => tasks.flatMap((task) => task.requests))
    .filter((request) => !mayWaitForEver(request));
  const tasks = Array.from({ length: NODES }, (_, node) => ({
    node,
    requests: requests.slice(node * REQUESTS_A_TASK, (node + 1) * REQUESTS_A_TASK),
  }));
  return { ...machine!, tasks, script: [], afterwards: 'productive', limit: LIMIT };
}
