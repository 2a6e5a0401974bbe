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
  let text = '';
  for (const key of sortKeys(Object.keys(value))) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '{' : ','}${stringText(key)}:${canonicalJson(member)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

/** Objects up to this many keys are sorted by hand, which for so few is faster by far. */
const FEW_KEYS = 24;

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
