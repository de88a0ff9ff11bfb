import type { Property } from '../../properties/index.ts';

/** Why no exploration judges a property, whatever the scope; undefined if some do. */
export function unexploredFor(property: Property): string | undefined {
  switch (property.over) {
    case 'setup':
      return 'set-up comes before anything that is explored';
    case 'direct':
      return 'a direct reclaim by itself, with an environment of its own; whole machines reclaim directly too';
    case 'run':
    case 'machine':
      return property.spans === undefined ? undefined : `spans ${property.spans}`;
    case 'step':
    case 'question':
      return undefined;
  }
}
