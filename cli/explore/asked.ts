import { InputError } from '../../kernel/inputError.ts';
import { isWholeScope, type AnyScope } from '../../kernel/schema/wholeScope.ts';
import type { Kernel } from '../../model/index.ts';
import {
  allEventualProperties,
  isAskedOf,
  properties,
  type AnyEventualProperty,
  type Property,
} from '../../properties/index.ts';
import { eventualPropertiesOf, explorablePropertiesOf } from '../../search/explore/explore.ts';
import { isScopeName } from '../../search/explore/scopeFile.ts';
import { unexploredFor } from '../../search/explore/unexplored.ts';
import { checkSpeaksOf } from '../suite.ts';

/** What a command line asks for: a scope, and the ids of properties; all of them if there are none. */
export interface Asked {
  readonly scope: string;
  readonly ids?: readonly string[];
}

/** The scope and ids in what was given; commas part ids too, and a scope may stand after them. */
export function askedIn(scope: string | undefined, given: readonly string[] | undefined): Asked {
  if (given === undefined) return { scope: scope ?? DEFAULT_SCOPE };
  const ids = given.flatMap((word) => word.split(',')).filter((word) => word !== '');
  const last = ids.at(-1);
  if (scope === undefined && ids.length > 1 && isScopeName(last!)) return { scope: last!, ids: ids.slice(0, -1) };
  return { scope: scope ?? DEFAULT_SCOPE, ids };
}

export const DEFAULT_SCOPE = 'one-zone';

/** What is judged: properties of steps and of states, and what is owed in the end. */
export interface Judged {
  readonly properties: readonly Property[];
  readonly eventually: readonly AnyEventualProperty[];
}

/** The properties that ids name; all that are judged in the scope if there are none. */
export function judgedIn(scope: AnyScope, kernel: Kernel, ids: readonly string[] | undefined): Judged {
  const explorable = explorablePropertiesOf(kernel, scope, properties);
  const inTheEnd = eventualPropertiesOf(scope, allEventualProperties).filter((one) => isAskedOf(one, kernel));
  for (const id of ids ?? []) {
    if (![...explorable, ...inTheEnd].some((one) => one.id === id)) refuse(id, scope, kernel);
  }
  const isChosen = ({ id }: { readonly id: string }): boolean => ids === undefined || ids.includes(id);
  return { properties: explorable.filter(isChosen), eventually: inTheEnd.filter(isChosen) };
}

const WHERE = '--property';

/** Says why a property is not judged. */
function refuse(id: string, scope: AnyScope, kernel: Kernel): never {
  const property = properties.find((one) => one.id === id);
  const known = property ?? allEventualProperties.find((one) => one.id === id);
  if (known === undefined) {
    throw new InputError({
      what: `there is no property ${id}`,
      where: WHERE,
      expected: 'the id of a property of steps, states or turns, or of what is owed in the end',
      hint: 'an exploration without --property lists all that it judges',
    });
  }
  checkSpeaksOf(known, kernel, WHERE);
  const never = property && unexploredFor(property);
  if (never !== undefined) {
    throw new InputError({
      what: `${id} is not judged by any exploration: ${never}`,
      where: WHERE,
      hint: `kswapd-spec check ${id} judges it on drawn cases`,
    });
  }
  const [here, other] = isWholeScope(scope) ? ['a whole machine', 'one kswapd'] : ['one kswapd', 'a whole machine'];
  throw new InputError({
    what: `${id} is not judged in a scope of ${here}`,
    where: WHERE,
    expected: `one of ${other}`,
  });
}
