import { InputError } from '../inputError.ts';
import { pageCount, zoneKey } from '../proc.ts';
import type { ZoneText } from './parse.ts';

/** A zone's number of that name, in pages; undefined if the zone does not show one. */
export function shownPages(zone: ZoneText, name: string): number | undefined {
  const field = zone.fields.get(name);
  return field === undefined ? undefined : pageCount(field.digits, `${placeOf(zone)}: ${name}`, field.at);
}

/** A zone's number of that name, in pages, or an InputError that says where it is missing. */
export function neededPages(zone: ZoneText, name: string): number {
  const pages = shownPages(zone, name);
  if (pages === undefined) throw missing(zone, name);
  return pages;
}

/** lowmem_reserve by zone index, in pages. */
export function neededProtection(zone: ZoneText): readonly number[] {
  if (zone.protection === undefined) throw missing(zone, 'protection');
  const { entries, at } = zone.protection;
  return entries.map((digits) => pageCount(digits, `${placeOf(zone)}: protection`, at));
}

export const placeOf = (zone: ZoneText): string => zoneKey(zone.node, zone.name);

export const missing = (zone: ZoneText, name: string): InputError =>
  new InputError({
    what: `${placeOf(zone)} has no ${name}`,
    where: zone.at,
    expected: `a line with ${name} in the zone that starts here`,
    hint: 'check that the file is complete, and copied as the kernel shows it',
  });
