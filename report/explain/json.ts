import { describeZone } from '../../model/index.ts';
import type { Explanation } from './explain.ts';
import type { ZoneAnswer } from './explainNode.ts';
import { answerSentence, changeSentence } from './sentence.ts';

/** The explanation as data: plain objects, ready to be written as JSON. */
export function explanationJson({ nodes, assumed, ...rest }: Explanation): unknown {
  return {
    ...rest,
    assumed: assumed.map(({ seenAt: _seenAt, ...told }) => told),
    nodes: nodes.map(({ answer, whatIfs }) => ({
      id: answer.id,
      order: answer.order,
      zoneIdx: answer.zoneIdx,
      zone: answer.zones[answer.zoneIdx]!.zone.name,
      sleeps: answer.sleeps,
      answer: answerSentence(answer),
      leastChange: changeSentence(answer),
      zones: answer.zones.map(zoneJson),
      gaveUpAfter: answer.gaveUpAfter,
      departs: answer.departs,
      share: answer.share ?? null,
      change: answer.change ?? null,
      whatIfs,
    })),
  };
}

const zoneJson = ({ index, zone, freePages, marks, reserve, verdict, clauses, departs }: ZoneAnswer): unknown => ({
  index,
  name: zone.name,
  verdict,
  freePages,
  marks,
  reserve,
  departs,
  clauses,
  state: describeZone(zone),
});
