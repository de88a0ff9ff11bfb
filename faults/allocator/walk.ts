import { ALLOC_CMA, ALLOC_FAIR, ALLOC_NO_WATERMARKS, ALLOC_WMARK_LOW, v4_0 } from '../../model/index.ts';
import { brokenStep, brokenWait, changed, movedTo, withAttempt } from './broken.ts';

const { transitions, yields } = v4_0.allocator;

/** Steps of the fast path, and of the walk over the zonelist. */
export const walk = [
  brokenStep('allocPagesNodemask', 'the first attempt is not fair', (k, memory, task) =>
    changed(transitions.allocPagesNodemask.step(k, memory, task), (after) =>
      withAttempt(after, { allocFlags: after.attempt.allocFlags & ~ALLOC_FAIR }),
    ),
  ),
  brokenStep('allocPagesNodemask', 'a suspended storage is used', (k, memory, task) =>
    transitions.allocPagesNodemask.step(k, { ...memory, numa: { ...memory.numa, suspendedStorage: false } }, task),
  ),
  brokenStep('getPageFromFreelist', 'no attempt may use CMA pages', (k, memory, task) =>
    transitions.getPageFromFreelist.step(
      k,
      memory,
      withAttempt(task, { allocFlags: task.attempt.allocFlags & ~ALLOC_CMA }),
    ),
  ),
  brokenStep('zonelistScan', 'begins at the second zone', (k, memory, task) =>
    changed(transitions.zonelistScan.step(k, memory, task), (after) => withAttempt(after, { position: 0 })),
  ),
  brokenStep('nextZone', 'every node may be used', (k, memory, task) =>
    changed(
      transitions.nextZone.step(k, memory, { ...task, context: { ...task.context, nodemask: null } }),
      (after) => ({ ...after, context: task.context }),
    ),
  ),
  brokenStep('nextZone', 'the highest zone is left out', (k, memory, task) => {
    const highZoneidx = task.context.highZoneidx - 1;
    const {
      memory: same,
      records,
      task: after,
    } = transitions.nextZone.step(k, memory, {
      ...task,
      context: { ...task.context, highZoneidx },
    });
    return { memory: same, records, task: { ...after, context: task.context } };
  }),
  brokenStep('checkZlc', 'looks at zones that were full lately', (k, memory, task) =>
    transitions.checkZlc.step({ ...k, zlcZoneWorthTrying: () => true }, memory, task),
  ),
  brokenStep('checkFair', 'leaves the local node', (k, memory, task) => {
    const outcome = transitions.checkFair.step(k, memory, task);
    return outcome.task.at === 'endOfScan' ? changed(outcome, movedTo('checkDirty')) : outcome;
  }),
  brokenStep('checkFair', 'does not count what it passes over', (k, memory, task) =>
    changed(transitions.checkFair.step(k, memory, task), (after) => withAttempt(after, { nrFairSkipped: 0 })),
  ),
  brokenStep('checkDirty', 'minds dirty limits at every mark', (k, memory, task) => {
    const low = withAttempt(task, { allocFlags: task.attempt.allocFlags | ALLOC_WMARK_LOW });
    const { allocFlags } = task.attempt;
    return changed(transitions.checkDirty.step(k, memory, low), (after) => withAttempt(after, { allocFlags }));
  }),
  brokenStep('checkWatermark', 'nobody may ignore the marks', (k, memory, task) => {
    const { allocFlags } = task.attempt;
    const bound = withAttempt(task, { allocFlags: allocFlags & ~ALLOC_NO_WATERMARKS });
    return changed(transitions.checkWatermark.step(k, memory, bound), (after) => withAttempt(after, { allocFlags }));
  }),
  brokenStep('belowWatermark', 'a machine of one node uses the cache too', (k, memory, task) => {
    const outcome = transitions.belowWatermark.step(k, memory, task);
    if (task.attempt.didZlcSetup) return outcome;
    return changed(outcome, (after) => withAttempt(after, { zlcActive: true, didZlcSetup: true }));
  }),
  brokenStep('belowWatermark', 'reclaims from a zone that was full lately', (k, memory, task) =>
    transitions.belowWatermark.step({ ...k, zlcZoneWorthTrying: () => true }, memory, task),
  ),
  brokenStep('zoneReclaimed', 'a zone without anything to reclaim is looked at again', (k, memory, task) => {
    const { reclaimResult } = task.attempt;
    if (reclaimResult !== 'full') return transitions.zoneReclaimed.step(k, memory, task);
    return transitions.zoneReclaimed.step(k, memory, withAttempt(task, { reclaimResult: 'some' }));
  }),
  brokenStep('zoneReclaimed', 'too few pages do not make a zone full', (k, memory, task) => {
    const { reclaimResult } = task.attempt;
    if (reclaimResult !== 'some') return transitions.zoneReclaimed.step(k, memory, task);
    return transitions.zoneReclaimed.step(k, memory, withAttempt(task, { reclaimResult: 'success' }));
  }),
  brokenStep('rmqueue', 'forgets that the page comes from the reserves', (k, memory, task) =>
    changed(transitions.rmqueue.step(k, memory, task), (after) => ({
      ...after,
      page: after.page === null ? null : { ...after.page, pfmemalloc: false },
    })),
  ),
  brokenStep('zoneFull', 'remembers it although the cache is not in use', (k, memory, task) => {
    const { zlcActive } = task.attempt;
    const active = withAttempt(task, { zlcActive: true });
    return changed(transitions.zoneFull.step(k, memory, active), (after) => withAttempt(after, { zlcActive }));
  }),
  brokenStep('endOfScan', 'deals out shares although none was used up', (k, memory, task) =>
    transitions.endOfScan.step(k, memory, withAttempt(task, { nrFairSkipped: 1 })),
  ),
  brokenStep('endOfScan', 'one node is not walked again after the shares were dealt out', (k, memory, task) => {
    const outcome = transitions.endOfScan.step(k, memory, task);
    return memory.pgdats.length === 1 ? changed(outcome, movedTo(task.attempt.failed)) : outcome;
  }),
  brokenWait('zoneReclaim', 'nothing was scanned', {
    resume: (k, memory, task) => yields.zoneReclaim.resume(k, memory, task, {}),
  }),
];
