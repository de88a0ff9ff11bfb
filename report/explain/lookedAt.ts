import type { Kernel, Node, System } from '../../model/index.ts';
import type { Assumption } from '../../kernel/zoneinfo/assumption.ts';
import { record, type Call } from '../../search/diff/recorder.ts';
import { formOf } from './formOf.ts';
import { wouldSleep } from './sleep.ts';

/** What a kernel's rules look at to answer about a node: says whether an assumption is part of it. */
export type LookedAt = (told: Assumption) => boolean;

/** Asks the rules about the node and about each zone by itself, and keeps what they look at. */
export function lookedAt(k: Kernel, system: System, node: Node, order: number, zoneIdx: number): LookedAt {
  const form = formOf(k);
  const { calls } = record(
    k,
    (recorded) => {
      wouldSleep(recorded, system, node, order, zoneIdx);
      const asked = { k: recorded, system, order, zoneIdx };
      for (const [index, zone] of node.zones.slice(0, zoneIdx + 1).entries()) form.reasonOf(asked, zone, index);
    },
    { reads: true },
  );
  const places = new Set(calls.flatMap(placesOf));
  return (told) => {
    const paths = told.seenAt ?? [told.field];
    const zone = told.zone ?? '';
    return (
      (told.node === undefined || told.node === node.id) &&
      [...places].some((place) => paths.some((path) => isPartOf(place, `${zone}:${path}`)))
    );
  };
}

const placesOf = ({ reads, calls }: Call): readonly string[] => [
  ...reads.map(({ zone = '', path }) => `${zone}:${path}`),
  ...calls.flatMap(placesOf),
];

const isPartOf = (place: string, whole: string): boolean =>
  place === whole || place.startsWith(`${whole}.`) || place.startsWith(`${whole}[`);
