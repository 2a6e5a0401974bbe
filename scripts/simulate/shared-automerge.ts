import * as automerge from '@automerge/automerge';
import type { AutomergeApi } from '../../client/drafts/draft-chunk.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What a whole document says when it is taken apart. */
interface Whole {
  readonly changes: Uint8Array[];
  readonly stats: ReturnType<AutomergeApi['stats']>;
}

const shared = new WeakMap<VirtualTime, AutomergeApi>();

/** The one of the world in which this time passes. */
export function automergeOf(time: VirtualTime): AutomergeApi {
  const known = shared.get(time) ?? shareAutomerge();
  shared.set(time, known);
  return known;
}

/**
 * Automerge as the devices of one world share it: what is in a chunk depends on its bytes alone, so each is taken apart once, and not
 * once by every device. What a device makes of it stays its own.
 */
function shareAutomerge(): AutomergeApi {
  const real = automerge as unknown as AutomergeApi;
  const decoded = new Map<string, ReturnType<AutomergeApi['decodeChange']>>();
  const wholes = new Map<string, Whole>();
  const loaded = new Map<unknown, Whole>();
  const takeApart = (raw: Uint8Array): Whole => {
    const doc = real.load(raw);
    const whole = { changes: real.getAllChanges(doc), stats: real.stats(doc) };
    real.free(doc);
    loaded.set(whole, whole);
    return whole;
  };
  return {
    ...real,
    decodeChange: (bytes) => once(decoded, bytes, real.decodeChange),
    load: (raw) => once(wholes, raw as Uint8Array, takeApart) as never,
    stats: (doc) => loaded.get(doc)?.stats ?? real.stats(doc),
    getAllChanges: (doc) => loaded.get(doc)?.changes ?? real.getAllChanges(doc),
    free: (doc) => {
      if (!loaded.has(doc)) real.free(doc);
    },
  };
}

function once<Value>(known: Map<string, Value>, bytes: Uint8Array, make: (bytes: Uint8Array) => Value): Value {
  const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const value = known.get(key) ?? make(bytes);
  known.set(key, value);
  return value;
}
