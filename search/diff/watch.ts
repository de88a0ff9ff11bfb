/** A number or a setting of the state that was looked at. */
export interface Read {
  /** The zone that it belongs to, by name, if it belongs to one. */
  readonly zone?: string;
  /** Where it stands in the zone or the state: `watermark.high`, `lowmemReserve[2]`. */
  readonly path: string;
  readonly value: number | boolean | string;
}

interface Place {
  readonly zone?: string;
  readonly path: string;
}

/** Fields that only say which thing is looked at. */
const NAMING = new Set(['name', 'id', 'length']);
/** Parts that go without saying. */
const PARTS = new Set(['system', 'node', 'nodes', 'zones', 'thread', 'pgdats']);

const isValue = (value: unknown): value is Read['value'] =>
  typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';

const isPlain = (part: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(part);
  return Array.isArray(part) || prototype === Object.prototype || prototype === null;
};

/** Where a part of the state stands: a zone begins anew. */
function placeOf(part: object, parent: Place, key: string): Place {
  if ('watermark' in part && 'name' in part) return { zone: String(part.name), path: '' };
  if (PARTS.has(key) || (/^\d+$/.test(key) && parent.path === '')) return parent;
  return { ...parent, path: pathTo(parent.path, key) };
}

const pathTo = (path: string, key: string): string => {
  if (/^\d+$/.test(key)) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
};

/**
 * A way to look at a state that reports every number that is read of it. The same part is always the same object, so
 * that rules which compare parts by identity answer as before; a part that is only copied is not read.
 */
export function makeWatch(onRead: (read: Read) => void): <S extends object>(state: S) => S {
  const watchedAs = new WeakMap<object, object>();
  const watched = new WeakSet<object>();

  function watch<S extends object>(part: S, place: Place): S {
    if (watched.has(part)) return part;
    const known = watchedAs.get(part);
    if (known !== undefined) return known as S;
    if (!isPlain(part)) return part;
    let copying: PropertyKey | undefined;
    // What a proxy shows of a frozen object may not differ from it.
    const proxy = new Proxy(Object.isFrozen(part) ? structuredClone(part) : part, {
      getOwnPropertyDescriptor(target, key) {
        copying = key;
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        const copied = copying === key;
        copying = undefined;
        if (typeof key === 'symbol' || typeof value === 'function') return value;
        if (typeof value === 'object' && value !== null) return watch(value, placeOf(value, place, key));
        if (!copied && isValue(value) && !NAMING.has(key)) onRead({ ...place, path: pathTo(place.path, key), value });
        return value;
      },
    });
    watchedAs.set(part, proxy);
    watched.add(proxy);
    return proxy;
  }

  return (state) => watch(state, placeOf(state, { path: '' }, 'node'));
}
