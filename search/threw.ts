import type { Case, Property } from '../properties/index.ts';

/** Something was thrown while a case was judged: which case, by which property, and as the cause what was thrown. */
export class ThrewOnCase extends Error {
  readonly given: Case;
  readonly property: Property;

  constructor(given: Case, property: Property, cause: unknown) {
    super('a rule threw', { cause });
    this.name = 'ThrewOnCase';
    this.given = given;
    this.property = property;
  }
}
