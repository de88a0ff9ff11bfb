import { ALLOC_CMA, ALLOC_NOFRAGMENT, GFP_MOVABLE, ZONE_BOOSTED_WATERMARK, type AllocTask } from '../../model/index.ts';
import { HOLDS, knownToFail, machineProperty, type Property } from '../property.ts';
import { asksIn, wakesKswapd } from './asks.ts';
import { attemptsOf } from './attempts.ts';
import { allocating } from './steps.ts';

const SLOW = 'v4.0 mm/page_alloc.c __alloc_pages_slowpath';
const V5_9_WALK = 'v5.9 mm/page_alloc.c get_page_from_freelist';
const BOOSTING = { 'v5.9': HOLDS };

const neverAgainstTheMask = machineProperty({
  id: 'kswapd-is-not-asked-against-the-mask',
  family: 'machine',
  title: 'A request whose mask leaves kswapd alone never asks it',
  statement: 'No step of an allocation asks a kswapd if the mask of the request forbids it.',
  sources: [SLOW, 'v5.9 mm/page_alloc.c rmqueue'],
  verdicts: {
    'v4.0': HOLDS,
    'v4.19': HOLDS,
    'v5.9': knownToFail(
      'Whoever takes a page from a zone whose marks were raised tells kswapd of it, without a look at the mask: the ' +
        'one who raised them may be another.',
    ),
  },
  mustSee: { 'asked as the mask allows': 0.2, 'a mask that forbids it': 0.1 },
  check: (run, see) => {
    for (const [i, { step }] of allocating(run)) {
      const may = wakesKswapd(run.kernel, step.before.task.request.gfp);
      if (!may) see('a mask that forbids it');
      if (asksIn(step.records).length === 0) continue;
      if (!may) return { clause: `kswapd is asked at ${step.at}, and the mask forbids it`, step: i };
      see('asked as the mask allows');
    }
    return undefined;
  },
});

/** A single page that comes from a processor's list, which may hold CMA pages among the movable ones. */
const isSinglePage = ({ request, attempt }: AllocTask): boolean =>
  request.order === 0 && ((request.gfp & GFP_MOVABLE) === 0 || (attempt.allocFlags & ALLOC_CMA) !== 0);

const tellsOfRaisedMarks = machineProperty({
  id: 'raised-marks-are-told-once',
  family: 'machine',
  title: 'The next one to take from a zone whose marks were raised tells kswapd, once',
  statement:
    'A take from a zone whose marks were raised, by any task, asks the kswapd of its node for order 0 up to the ' +
    'zone, and nobody does so again; a single page tells even if there was none after all, a larger block only if ' +
    'it is had.',
  sources: ['v5.9 mm/page_alloc.c rmqueue'],
  verdicts: BOOSTING,
  spans: 'the time since marks were raised',
  mustSee: { told: 0.05, 'nothing to tell': 0.3, 'a further take': 0.01 },
  check: (run, see) => {
    const untold = run.start.memory.pgdats.map(({ node }) =>
      node.zones.map(({ flags }): boolean | 'told' => (flags & ZONE_BOOSTED_WATERMARK) !== 0),
    );
    for (const [i, { step }] of allocating(run, 'rmqueue')) {
      for (const taken of step.records) {
        if (taken.ev !== 'rmqueue') continue;
        const { node, zone, ok } = taken;
        const due = untold[node]![zone] === true && (ok || isSinglePage(step.before.task));
        if (untold[node]![zone] === 'told') see('a further take');
        see(due ? 'told' : 'nothing to tell');
        const asks = asksIn(step.records);
        const fits = asks.every((ask) => ask.node === node && ask.zone === zone && ask.order + ask.zoneIdx === zone);
        if (asks.length !== (due ? 1 : 0) || !fits) {
          return { clause: `zone ${zone} of node ${node} is to be told of: ${due}; asks: ${asks.length}`, step: i };
        }
        if (due) untold[node]![zone] = 'told';
      }
    }
    return undefined;
  },
});

const localityFirst = machineProperty({
  id: 'kinds-are-mixed-rather-than-a-node-left',
  family: 'machine',
  title: 'Kinds of pages are mixed rather than the preferred node left',
  statement:
    'A first attempt that shuns mixing kinds of pages takes pages of the preferred node alone; before it turns to ' +
    'another node, or fails, it goes over the zonelist once more and no longer shuns it.',
  sources: [V5_9_WALK],
  verdicts: BOOSTING,
  mustSee: { 'a page unmixed': 0.1, 'mixes at last': 0.03, 'turns to another node': 0.03, 'fails after both': 0.1 },
  check: (run, see) => {
    for (const { visits, page, ended, task } of attemptsOf(run)) {
      const last = visits.at(-1);
      const shuns = (visits[0]?.task.attempt.allocFlags ?? 0) & ALLOC_NOFRAGMENT;
      if (shuns === 0 || last === undefined || !ended) continue;
      const still = (last.task.attempt.allocFlags & ALLOC_NOFRAGMENT) !== 0;
      const local = last.at[0] === task.context.preferred![0];
      if (page === null) see('fails after both');
      else if (still) see('a page unmixed');
      else see(local ? 'mixes at last' : 'turns to another node');
      if (still && page !== null && !local) {
        return { clause: `node ${page.node} gives a page rather than mixing`, step: last.i };
      }
      if (still && page === null) return { clause: 'the attempt fails rather than mix', step: last.i };
      if (!still && last.pass !== 2) return { clause: `it is pass ${last.pass} in which it may mix`, step: last.i };
    }
    return undefined;
  },
});

/** What keeps kinds of pages apart from v5.0 on, and how far it goes. */
export const fragmentationProperties: readonly Property[] = [neverAgainstTheMask, tellsOfRaisedMarks, localityFirst];
