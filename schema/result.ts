/** Expected failures are values: a closed code and what a reader needs to know of it. */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function fail<Failure>(error: Failure): { readonly ok: false; readonly error: Failure } {
  return { ok: false, error };
}

/** Broken invariants throw. */
export function must<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`Invariant broken: ${what} is missing.`);
  return value;
}

/** For the default of an exhaustive switch. */
export function unreachable(value: never): never {
  throw new Error(`Invariant broken: nobody expected ${JSON.stringify(value)}.`);
}
