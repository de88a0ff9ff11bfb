import type { z } from 'zod';
import { LAYOUTS, type LayoutName } from '../../model/index.ts';

/** Most nodes of a machine. */
export const MOST_NODES = 64;

interface Machine {
  readonly system: { readonly layout: LayoutName; readonly distance: readonly (readonly number[])[] };
  readonly nodes: readonly { readonly zones: readonly { readonly name: string }[] }[];
}

/** Says where nodes and distances do not fit the machine's layout and size. */
export function checkMachine({ system, nodes }: Machine, context: z.core.$RefinementCtx): void {
  const names = LAYOUTS[system.layout].join(', ');
  nodes.forEach(({ zones }, n) => {
    if (zones.map(({ name }) => name).join(', ') === names) return;
    context.addIssue({ code: 'custom', path: ['nodes', n, 'zones'], message: `expected the zones ${names}` });
  });
  const square = system.distance.length === nodes.length && system.distance.every((row) => row.length === nodes.length);
  if (square) return;
  const message = `expected ${nodes.length} rows of ${nodes.length} distances`;
  context.addIssue({ code: 'custom', path: ['system', 'distance'], message });
}

/**
 * Says where a case speaks of something that the machine does not have (a node, a zone, a task), wherever it does:
 * `limits` has, by the names of fields, what numbers in them must be below.
 */
export function checkPlaces(
  value: unknown,
  limits: Readonly<Record<string, number>>,
  context: z.core.$RefinementCtx,
): void {
  const visit = (inside: unknown, path: readonly PropertyKey[], key: string): void => {
    const below = limits[key];
    if (typeof inside === 'number' && below !== undefined && inside >= below) {
      const message = `expected a number below ${below}, but found ${inside}`;
      context.addIssue({ code: 'custom', path: [...path], message });
    }
    if (Array.isArray(inside)) inside.forEach((one, i) => visit(one, [...path, i], key));
    else if (typeof inside === 'object' && inside !== null) {
      for (const [name, one] of Object.entries(inside)) visit(one, [...path, name], name);
    }
  };
  visit(value, [], '');
}
