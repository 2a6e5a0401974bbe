/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * The one text of a JSON value, as RFC 8785 (JSON Canonicalization Scheme) defines it: keys sorted by UTF-16 code
 * units, numbers as ECMAScript writes them, no white space. Keys whose value is `undefined` do not exist, as in
 * JSON.stringify. Throws TypeError on what JSON cannot say exactly: NaN, infinities, lone surrogates, functions. It calls itself
 * for each level: rows from outside pass the payload gate first, which bounds their depth.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return stringText(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (typeof value === 'object') return objectText(value as Record<string, unknown>);
  throw new TypeError(`JSON has no ${typeof value}.`);
}

function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return `${value}`;
  if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}.`);
  return JSON.stringify(value);
}

/** Text that JSON writes as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

function stringText(value: string): string {
  if (PLAIN.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) throw new TypeError('JSON text may not hold half a surrogate pair.');
  return JSON.stringify(value);
}

function objectText(value: Record<string, unknown>): string {
  const { sorted, names } = orderOf(Object.keys(value));
  let text = '';
  for (let at = 0; at < sorted.length; at += 1) {
    const member = value[sorted[at] as string];
    if (member !== undefined) text += `${text === '' ? '{' : ','}${names[at]}${canonicalJson(member)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

/** The keys of an object in their order, and as they are written before their values. */
interface KeyOrder {
  readonly keys: readonly string[];
  readonly sorted: readonly string[];
  readonly names: readonly string[];
}

/** Objects up to this many keys are sorted by hand, which for so few is faster by far, and their order is remembered. */
const FEW_KEYS = 24;
/** Orders remembered; a shop's entries have some forty. */
const ORDERS_MAX = 500;
/** Of those that begin with the same key: each is looked through. */
const ORDERS_OF_A_KEY_MAX = 16;
/** Characters of a key that is remembered. */
const KEY_LENGTH_MAX = 40;

/** By the first key: the same objects come again and again, and to find their order takes less than to sort them. */
const orders = new Map<string, KeyOrder[]>();
let remembered = 0;

function orderOf(keys: readonly string[]): KeyOrder {
  const first = keys[0] ?? '';
  const known = orders.get(first);
  if (known) for (const order of known) if (isSame(order.keys, keys)) return order;
  const sorted = sortKeys([...keys]);
  const order = { keys, sorted, names: sorted.map((key) => `${stringText(key)}:`) };
  if (keys.length <= FEW_KEYS && keys.every(({ length }) => length <= KEY_LENGTH_MAX)) remember(first, order);
  return order;
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
  return true;
}

function remember(first: string, order: KeyOrder): void {
  if (remembered >= ORDERS_MAX) {
    orders.clear();
    remembered = 0;
  }
  const known = orders.get(first) ?? [];
  if (known.length >= ORDERS_OF_A_KEY_MAX) return;
  remembered += 1;
  orders.set(first, known);
  known.push(order);
}

function sortKeys(keys: string[]): string[] {
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] as string;
    let place = at;
    for (; place > 0 && (keys[place - 1] as string) > key; place -= 1) keys[place] = keys[place - 1] as string;
    keys[place] = key;
  }
  return keys;
}
