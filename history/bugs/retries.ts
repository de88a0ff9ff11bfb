import { deriveKernel, eligibleZones, v4_19, withZoneAt, zoneAt, zonelistAt } from '../../model/index.ts';
import type { Bug } from '../bug.ts';

/** Pages that are set aside, and given back, together. */
const PAGE_BLOCK = 512;

/** Bugs in how often the slow path goes round, and what it gives back before it asks for a victim. */
export const retryBugs: readonly Bug[] = [
  {
    id: '0a0337e0d1d1',
    title: 'requests go round without end while reclaim brings a page now and then',
    landed: '4.7',
    kind: 'liveness',
    status: 'rule change',
    story:
      'Up to v4.6, v4.0 among them, a task tried again as long as some zone looked worth it, which a page freed now ' +
      'and then is enough for: no one was killed, and nobody got on. Rounds in vain are counted now, up to 16, and ' +
      'for a costly order every round is one, whatever it brought. Here only that last part is undone: a costly ' +
      'order that may retry never comes to the end of its rounds.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19, but progress gives a costly order all its rounds anew',
      shouldReclaimRetry: (k, memory, task) => {
        const answer = v4_19.shouldReclaimRetry(k, memory, task);
        return task.slow.didSomeProgress > 0 ? { ...answer, noProgressLoops: 0 } : answer;
      },
    }),
    fixed: v4_19,
    property: 'rounds-of-a-costly-order-always-count',
  },
  {
    id: '4855e4a7f29d',
    title: 'a block that was set aside is taken off the count twice',
    landed: '4.10',
    kind: 'accounting',
    status: 'bug',
    story:
      'What is set aside was lowered by a page block when one was given back, even if less than that was counted: a ' +
      'page of the block that was freed at the same moment could have it given back once more. The count went below ' +
      'nothing, and every watermark check that subtracts it granted pages that are not there. It stops at 0 now.',
    faulty: deriveKernel(v4_19, {
      name: 'v4.19, but what is set aside may count as less than nothing',
      unreserveHighatomicPageblock: (k, memory, context, force) => {
        const given = v4_19.unreserveHighatomicPageblock(k, memory, context, force);
        const { zonelist, highZoneidx, nodemask } = context;
        const zones = eligibleZones(zonelistAt(memory, zonelist), highZoneidx, nodemask);
        const giver = zones.find((at) => zoneAt(given.memory, at) !== zoneAt(memory, at));
        if (giver === undefined) return given;
        const reservedHighatomic = zoneAt(memory, giver).reservedHighatomic - PAGE_BLOCK;
        const zone = { ...zoneAt(given.memory, giver), reservedHighatomic };
        return { ok: true, memory: withZoneAt(given.memory, giver, zone) };
      },
    }),
    fixed: v4_19,
    property: 'a-block-is-given-back-and-counted-once',
  },
  {
    id: 'ac3f3b0a5551',
    title: 'tasks are killed beside free blocks that are set aside',
    landed: '6.8',
    kind: 'allocator',
    status: 'bug',
    story:
      'Blocks that are set aside for atomic requests are given back after 16 rounds in vain. The rounds end at once ' +
      'where no zone would suffice with all its lists free, and what is set aside does not count for that: the OOM ' +
      'killer was called on a machine whose free pages were all set aside. They are given back before that now.',
    faulty: v4_19,
    fixed: deriveKernel(v4_19, {
      name: 'v4.19, but what is set aside is given back before the rounds end',
      shouldReclaimRetry: (k, memory, task) => {
        const answer = v4_19.shouldReclaimRetry(k, memory, task);
        if (answer.retry || answer.records.length > 0) return answer;
        const { memory: after, ok } = k.unreserveHighatomicPageblock(k, memory, task.context, true);
        const records = [{ ev: 'unreserve_highatomic', force: true, ok } as const];
        return { ...answer, memory: after, retry: ok, records };
      },
    }),
    property: 'nobody-is-killed-beside-blocks-that-are-set-aside',
  },
];
