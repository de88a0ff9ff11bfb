import {
  ALLOC_HARDER,
  ALLOC_HIGH,
  ALLOC_OOM,
  GFP_ATOMIC,
  GFP_HIGH,
  GFP_MEMALLOC,
  GFP_NO_KSWAPD,
  GFP_NOMEMALLOC,
  GFP_WAIT,
  TASK_MEMALLOC,
  TASK_OOM_VICTIM,
  TASK_RT,
  zoneAt,
  type Kernel,
  type Zone,
} from '../../model/index.ts';
import { isLater, shownFree } from '../independent/machine.ts';
import { watermarkMetIn } from '../independent/watermark.ts';
import { EVERY_KERNEL, machineProperty, type Property } from '../property.ts';
import { attemptsOf, type Attempt, type Visit } from './attempts.ts';

/** What an attempt respects: a mark, lowered by the flags; or none. */
interface Right {
  readonly mark: 'min' | 'low' | 'high';
  readonly digs: number;
  readonly ignores: boolean;
}

const right = (mark: Right['mark'], lowering = 0, ignores = false): Right => ({ mark, digs: lowering, ignores });

/** What the mask and the task let an attempt at the min mark dig, before reserves have a say. */
function digs(k: Kernel, { request, flags }: Attempt['task']): number {
  const { gfp } = request;
  const atomic = isLater(k) ? (gfp & GFP_ATOMIC) !== 0 : (gfp & (GFP_WAIT | GFP_NO_KSWAPD)) === 0;
  const harder = atomic ? (gfp & GFP_NOMEMALLOC) === 0 : (flags & TASK_RT) !== 0;
  return ((gfp & GFP_HIGH) === 0 ? 0 : ALLOC_HIGH) | (harder ? ALLOC_HARDER : 0);
}

/** Attempts of later kernels that are not begun with the flags of the slow path, by where they go on in vain. */
const OF_THEIR_OWN: Readonly<Record<string, Right>> = {
  allocPagesSlowpath: right('low'),
  considerOom: right('high'),
  outOfMemory: right('high'),
  reservesFailed: right('min', 0, true),
  oomAllReserves: right('min', 0, true),
  oomDecided: right('min', 0, true),
  nofailAnywhere: right('min', ALLOC_HARDER),
  nofail: right('min', ALLOC_HARDER),
};

/** What an attempt may do, told from the mask, the task, and the rounds of the slow path that it has been through. */
function rightOf(k: Kernel, { task, rounds, roundFlags }: Attempt): Right {
  const own = OF_THEIR_OWN[task.attempt.failed];
  if (own !== undefined) return own;
  const { gfp } = task.request;
  if (isLater(k) && rounds > 0 && (gfp & GFP_NOMEMALLOC) === 0) {
    if ((gfp & GFP_MEMALLOC) !== 0 || (roundFlags & TASK_MEMALLOC) !== 0) return right('min', 0, true);
    if ((roundFlags & TASK_OOM_VICTIM) !== 0) return right('min', ALLOC_OOM);
  }
  return right('min', digs(k, task));
}

/** What a mark comes to once it is lowered. */
function leastOf(mark: number, flags: number): number {
  const halved = (flags & ALLOC_HIGH) === 0 ? mark : Math.ceil(mark / 2);
  if ((flags & ALLOC_OOM) !== 0) return Math.ceil(halved / 2);
  return (flags & ALLOC_HARDER) === 0 ? halved : Math.ceil((3 * halved) / 4);
}

type Label = 'a half' | 'three quarters' | 'three eighths' | 'a half for a victim' | 'no mark' | 'at the very limit';

const LABELS: Readonly<Record<number, Label>> = {
  [ALLOC_HIGH]: 'a half',
  [ALLOC_HARDER]: 'three quarters',
  [ALLOC_HIGH | ALLOC_HARDER]: 'three eighths',
  [ALLOC_OOM]: 'a half for a victim',
};

/** Whether a zone serves an attempt with such a right: at the mark with its boost, or, in a hurry, without. */
function serves(k: Kernel, { memory, task, at }: Visit, { mark, digs: flags }: Right): boolean {
  const zone = zoneAt(memory, at);
  const { order, gfp } = task.request;
  const met = (marked: number): boolean =>
    watermarkMetIn(k)(memory.system, zone, order, marked, task.context.classzoneIdx, flags, shownFree(zone));
  const hurries = order === 0 && (gfp & GFP_ATOMIC) !== 0 && mark === 'min';
  return met(zone.watermark[mark] + zone.boost) || (hurries && met(zone.watermark[mark]));
}

/** Whether what is kept for atomic requests, or for CMA, has a say: the fast check gets that wrong. */
const hasKept = ({ reservedHighatomic, freeArea }: Zone): boolean => reservedHighatomic > 0 || freeArea.cmaPages > 0;

const digsExactlySoDeep = machineProperty({
  id: 'requests-dig-exactly-as-deep-as-they-may',
  family: 'machine',
  title: 'Atomic requests and victims dig deeper, by exact parts of the min mark',
  statement:
    'The first attempt respects the low mark, and the one before a kill the high mark. The others respect the min ' +
    'mark; a half of it for high priority; three quarters for those who cannot wait (later, who are atomic) or ' +
    'run in real time, three eighths for both; later also half of it for a task that is to die, and three ' +
    'quarters, whatever the mask, for a request that cannot fail and failed. Who frees memory, and in v4.0 who is ' +
    'to die, respects none. The reserve for the zone index comes on top of each, and is never lowered.',
  sources: [
    'v4.0 mm/page_alloc.c gfp_to_alloc_flags',
    'v4.0 mm/page_alloc.c __zone_watermark_ok',
    'v4.19 mm/page_alloc.c __zone_watermark_ok',
    'v4.19 mm/page_alloc.c __gfp_pfmemalloc_flags',
  ],
  verdicts: EVERY_KERNEL,
  spans: 'a request',
  mustSee: {
    'a half': 0.03,
    'three quarters': 0.05,
    'three eighths': 0.03,
    'no mark': 0.02,
    'served below the min mark': 0.006,
    'at the very limit': 0.004,
  },
  check: (run, see) => {
    const { kernel } = run;
    for (const attempt of attemptsOf(run)) {
      const may = rightOf(kernel, attempt);
      for (const visit of attempt.visits) {
        const record = visit.records.find((one) => one.ev === 'watermark');
        const zone = zoneAt(visit.memory, visit.at);
        if (record?.ev !== 'watermark' || hasKept(zone)) continue;
        const { order } = visit.task.request;
        const reserve = zone.lowmemReserve[visit.task.context.classzoneIdx]!;
        const left = shownFree(zone) - 2 ** order + 1;
        const mark = zone.watermark[may.mark] + zone.boost;
        const label = may.ignores ? 'no mark' : LABELS[may.digs];
        if (label !== undefined && label !== 'a half for a victim') see(label);
        const least = leastOf(mark, may.digs);
        if (order === 0 && may.digs !== 0 && (left === least + reserve || left === least + reserve + 1)) {
          see('at the very limit');
        }
        const ok = serves(kernel, visit, may);
        if (ok && may.mark === 'min' && left <= zone.watermark.min + reserve) see('served below the min mark');
        const taking = visit.records.some(({ ev }) => ev === 'rmqueue');
        const reclaims = visit.records.some(({ ev }) => ev === 'zone_reclaim' || ev === 'node_reclaim');
        const limit = `mark ${mark} lowered to ${least}, reserve ${reserve}`;
        const where = `${zone.name} of node ${visit.at[0]}: ${left} pages left, ${limit}`;
        if (record.ok !== ok && !may.ignores) return { clause: `${where}; served: ${record.ok}`, step: visit.i };
        if (!reclaims && !visit.shifted && taking !== (ok || may.ignores)) {
          return { clause: `${where}; taken from: ${taking}`, step: visit.i };
        }
      }
    }
    return undefined;
  },
});

/** How deep requests dig into what is kept. */
export const depthProperties: readonly Property[] = [digsExactlySoDeep];
