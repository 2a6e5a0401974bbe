import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChainLink, EMPTY_HEAD, entryHash, findChainFault, hashHolds, sealEntry } from './chain.ts';
import type { DeviceEntry } from './entry/entry.ts';
import { BRANCH, CASHIER, makeDeviceEntries, makeServerEntries, TILL_DEVICE } from './fixtures/make-entries.ts';
import { sha256Hex } from './hash.ts';
import { type Hash, hashShape } from './ids.ts';

const CHAIN = makeDeviceEntries();
const anyIndex = fc.nat(CHAIN.length - 1);

/** Every place of a document that holds a value, as paths. */
function leavesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]));
}

function withLeaf(entry: DeviceEntry, path: readonly string[], change: (value: unknown) => unknown): DeviceEntry {
  const copy = structuredClone(entry);
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  const record = holder as Record<string, unknown>;
  const key = path.at(-1) as string;
  record[key] = change(record[key]);
  return copy;
}

function otherValue(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string' || value === '') return 'x';
  return value.startsWith('0') ? `1${value.slice(1)}` : `0${value.slice(1)}`;
}

const replaced = (index: number, entry: DeviceEntry) => CHAIN.with(index, entry);

test('[I6] a chain as written has no fault, and neither has any part behind its head', () => {
  expect(findChainFault(CHAIN)).toBeNull();
  expect(findChainFault(makeServerEntries())).toBeNull();
  for (const [index, { seq, hash }] of CHAIN.entries()) {
    expect(findChainFault(CHAIN.slice(index + 1), { seq, hash })).toBeNull();
  }
});

test('[I6] any single changed value in any entry is found, and its entry is named', () => {
  for (const [index, entry] of CHAIN.entries()) {
    for (const path of leavesOf(entry)) {
      const fault = findChainFault(replaced(index, withLeaf(entry, path, otherValue)));
      // A changed seq is seen as a gap under the changed number; all else under the entry's own.
      expect({ path, seq: fault?.seq }).toEqual({ path, seq: path[0] === 'seq' ? entry.seq + 1 : entry.seq });
    }
  }
});

test('[I6] any single changed character of the stored text is found or is no JSON', () => {
  fc.assert(
    fc.property(anyIndex, fc.nat(), fc.integer({ min: 0x20, max: 0x7e }), (index, place, code) => {
      const text = JSON.stringify(CHAIN[index]);
      const at = place % text.length;
      const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
      const entry = parsed(changed);
      fc.pre(changed !== text && entry !== undefined && JSON.stringify(entry) !== text);
      expect(findChainFault(replaced(index, entry as DeviceEntry))).not.toBeNull();
    }),
    { numRuns: 300 },
  );
});

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

test('[I6] a field that was added or taken away is found', () => {
  const [first] = CHAIN;
  const { person: _person, ...without } = first as DeviceEntry;
  expect(findChainFault(replaced(0, { ...first, more: 1 } as unknown as DeviceEntry))).toEqual({
    seq: 1,
    fault: 'hash',
  });
  expect(findChainFault(replaced(0, without as DeviceEntry))).toEqual({ seq: 1, fault: 'hash' });
});

test('[I6] an entry changed and hashed anew breaks the link behind it', () => {
  fc.assert(
    fc.property(fc.nat(CHAIN.length - 2), (index) => {
      const entry = CHAIN[index] as DeviceEntry;
      const forged = { ...entry, at: entry.at + 1 };
      const chain = replaced(index, { ...forged, hash: entryHash(forged) });
      expect(findChainFault(chain)).toEqual({ seq: entry.seq + 1, fault: 'prev' });
    }),
  );
});

test('[ENT10] a removed entry is found: the one behind it is a gap', () => {
  fc.assert(
    fc.property(fc.nat(CHAIN.length - 2), (index) => {
      expect(findChainFault(CHAIN.toSpliced(index, 1))).toEqual({ seq: index + 2, fault: 'gap' });
    }),
  );
});

test('[ENT10] swapped entries are found: the first of them is a gap', () => {
  fc.assert(
    fc.property(anyIndex, anyIndex, (left, right) => {
      fc.pre(left < right);
      const chain = CHAIN.with(left, CHAIN[right] as DeviceEntry).with(right, CHAIN[left] as DeviceEntry);
      expect(findChainFault(chain)).toEqual({ seq: right + 1, fault: 'gap' });
    }),
  );
});

test('[ENT10] an inserted entry is found, whatever place it claims', () => {
  fc.assert(
    fc.property(anyIndex, anyIndex, (index, copied) => {
      expect(findChainFault(CHAIN.toSpliced(index, 0, CHAIN[copied] as DeviceEntry))).not.toBeNull();
    }),
  );
});

test('[ENT11] an unreadable entry keeps its place: checking goes on from the hash it claims', () => {
  const poison: ChainLink = { ...(CHAIN[4] as DeviceEntry), body: null } as unknown as ChainLink;
  const chain = CHAIN.with(4, poison as DeviceEntry);
  expect(findChainFault(chain)).toEqual({ seq: 5, fault: 'hash' });
  expect(findChainFault(chain, EMPTY_HEAD, new Set([5]))).toBeNull();
  const wrongLink = { ...poison, prev: hashShape.parse('1'.repeat(64)) };
  expect(findChainFault(CHAIN.with(4, wrongLink as DeviceEntry), EMPTY_HEAD, new Set([5]))?.fault).toBe('prev');
});

test('[ENT11] content that JSON cannot say has no hash, and the check does not throw', () => {
  for (const bad of [Number.NaN, 'a\ud800', () => 1]) {
    const entry = { ...(CHAIN[0] as DeviceEntry), note: bad };
    expect(hashHolds(entry)).toBe(false);
    expect(findChainFault([entry])).toEqual({ seq: 1, fault: 'hash' });
  }
});

test('[ENT9] the first entry follows 64 zeros, and each other the hash of the one before it', () => {
  expect(CHAIN[0]?.prev).toBe('0'.repeat(64));
  for (const [index, entry] of CHAIN.slice(1).entries()) expect(entry.prev).toBe(CHAIN[index]?.hash);
});

test('[ENT8] the hash is SHA-256 over the canonical JSON of all other fields', () => {
  const entry = { b: 1, a: 'é', hash: 'whatever' };
  expect(entryHash(entry)).toBe(sha256Hex('{"a":"é","b":1}'));
  // FIPS 180-4, the example "abc".
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('[ENT8] the hash is the same after a journey as text or as a structured clone', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, -0, 0), (body, odd) => {
      const entry = { ...body, odd };
      const hash = entryHash(entry);
      expect(entryHash(structuredClone(entry))).toBe(hash);
      expect(entryHash(JSON.parse(JSON.stringify(entry)) as object)).toBe(hash);
    }),
  );
});

test("[ENT8] what a database adds to a stored document is under no entry's hash: it must be taken off first", () => {
  const stored = { ...(CHAIN[0] as DeviceEntry), _deleted: false, _meta: { lwt: 1 }, _rev: '1-x', _attachments: {} };
  const { _deleted, _meta, _rev, _attachments, ...entry } = stored;
  expect(hashHolds(stored)).toBe(false);
  expect(hashHolds(entry)).toBe(true);
});

test('[ENT9] sealing gives a draft the place behind the head', () => {
  const head = { seq: 7, hash: 'ab'.repeat(32) as Hash };
  const draft = { deviceId: TILL_DEVICE, branch: BRANCH, person: CASHIER, at: 5, kind: 'cash-in' } as const;
  const entry = sealEntry({ ...draft, body: { amount: 0, reason: 'x' } as never }, head);
  expect(entry).toMatchObject({ v: 1, id: `${TILL_DEVICE}:0000000008`, seq: 8, prev: head.hash, kind: 'cash-in' });
  expect(hashHolds(entry)).toBe(true);
});
