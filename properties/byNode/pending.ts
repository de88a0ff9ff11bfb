import { managedZone, type Node, type Step } from '../../model/index.ts';
import { watchProperty, type Property } from '../property.ts';
import { LATER } from './verdicts.ts';

/** What was asked for since kswapd last took requests over; `order` is -1 while nothing was. */
interface Open {
  order: number;
  zoneIdx: number;
}

/** What tasks ask for in a step, through a zone that has pages. */
function requestOf(step: Step): Open | undefined {
  if (step.kind !== 'event' || !('wakeup' in step.event)) return undefined;
  const { zone, order, zoneIdx } = step.event.wakeup;
  return managedZone(step.before.node.zones[zone]!) ? { order, zoneIdx } : undefined;
}

/** Whether the pending request is for no less; the index after the last zone stands for none. */
const isPending = ({ kswapd, zones }: Node, { order, zoneIdx }: Open): boolean =>
  kswapd.order >= order && kswapd.zoneIdx >= zoneIdx && kswapd.zoneIdx < zones.length;

const staysUntilHeld = watchProperty({
  id: 'a-request-stays-pending-until-it-is-held',
  family: 'requests',
  title: 'What was asked for stays pending until kswapd holds it',
  statement:
    'From a wake-up on at least the order and the zone index that it asked for are pending, until kswapd itself ' +
    'holds no lower an order and no lower an index; only a task that is throttled may lower the index.',
  keptFor: 'It follows a request over every step of kswapd, wherever that reads requests and forgets them.',
  sources: ['v4.19 mm/vmscan.c wakeup_kswapd', 'v4.19 mm/vmscan.c kswapd', 'v5.9 mm/vmscan.c wakeup_kswapd'],
  verdicts: LATER,
  mustSee: { 'a request': 0.3, 'a request while another is pending': 0.05, held: 0.2, 'pending over a round': 0.05 },
  watch: {
    begin: (): Open => ({ order: -1, zoneIdx: 0 }),
    next: (open, step, see) => {
      const { node, thread } = step.after;
      const asked = requestOf(step);
      if (asked !== undefined) {
        see(open.order < 0 ? 'a request' : 'a request while another is pending');
        open.order = Math.max(open.order, asked.order);
        open.zoneIdx = Math.max(open.zoneIdx, asked.zoneIdx);
      }
      if (open.order < 0) return undefined;
      if (isPending(node, open)) {
        if (step.at === 'finishShrink') see('pending over a round');
        return undefined;
      }
      if (step.kind === 'event' && !('wakeup' in step.event)) {
        open.zoneIdx = Math.min(open.zoneIdx, node.kswapd.zoneIdx);
        return undefined;
      }
      const { order, zoneIdx } = open;
      open.order = -1;
      open.zoneIdx = 0;
      if (thread.order >= order && thread.classzoneIdx >= zoneIdx) return void see('held');
      return { clause: `order ${order} up to zone ${zoneIdx} was asked for, and at ${step.at} it is held by no one` };
    },
  },
});

/** That nothing which is asked for gets lost on its way to kswapd. */
export const pendingProperties: readonly Property[] = [staysUntilHeld];
