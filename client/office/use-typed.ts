import { useContext, useState } from 'react';
import { must } from '../../schema/result.ts';
import { type Busy, BusyContext } from '../app/busy.ts';

interface Held {
  readonly value: unknown;
  readonly end: () => void;
}

/** What stands typed in forms that nobody looks at just now, by their names; as long as the device is open. */
const typedIn = new WeakMap<Busy, Map<string, Held>>();

/**
 * The state of a form that takes minutes to fill in: it stays while its person looks something up on another screen, and the page asks before it is
 * left (OFFICE21). `make` gives what the form begins with, of what stands there already; what is forgotten holds nobody, and shows what is given.
 */
export function useTyped<Value>(
  name: string,
  make: (kept: Value | undefined) => Value,
): { readonly value: Value; readonly set: (next: Value) => void; readonly forget: (next: Value) => void } {
  const busy = must(useContext(BusyContext), 'Busy');
  const held = typedIn.get(busy) ?? new Map<string, Held>();
  typedIn.set(busy, held);
  const [value, show] = useState(() => make(held.get(name)?.value as Value | undefined));
  const set = (next: Value) => {
    held.set(name, { value: next, end: held.get(name)?.end ?? busy.begin('list') });
    show(next);
  };
  const forget = (next: Value) => {
    held.get(name)?.end();
    held.delete(name);
    show(next);
  };
  return { value, set, forget };
}
