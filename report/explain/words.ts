import type { JudgedZone, ZoneVerdict } from './balanceForm.ts';

export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;

export const counted = (value: number, noun: string): string => `${value} ${noun}${value === 1 ? '' : 's'}`;

/** The names of the zones with a verdict. */
export const named = (zones: readonly JudgedZone[], verdict: ZoneVerdict): readonly string[] =>
  zones.filter((zone) => zone.verdict === verdict).map(({ zone }) => zone.name);

export const areBalanced = (names: readonly string[]): string =>
  `${listed(names)} ${names.length === 1 ? 'is' : 'are'} balanced`;
