import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryHash } from '../../schema/chain.ts';
import { makeDeviceEntries } from '../../schema/fixtures/make-entries.ts';
import { makeDeviceEntriesV3 } from '../../schema/fixtures/make-entries-v3.ts';
import { type DeviceId, entryId } from '../../schema/ids.ts';
import { readPush } from '../core/read-push.ts';
import { bodyCost } from './body-cost.ts';
import { separateRows } from './read-bytes.ts';
import { readRun } from './read-run.ts';

type Holder = Record<string, unknown>;

const EXAMPLES = JSON.parse(JSON.stringify([...makeDeviceEntries(), ...makeDeviceEntriesV3()])) as Holder[];
const DEVICE = '0123456789abcdef' as DeviceId;
const SIGNATURES = [{ id: `${DEVICE}:0000000001`, hash: 'a'.repeat(64), signature: 'A'.repeat(86) }];

/** What rows say, as one stretch of a chain that holds. */
function chain(rows: readonly Holder[], seqBefore = 0): Holder[] {
  let prev: unknown = '0'.repeat(64);
  return rows.map((row, at) => {
    const seq = seqBefore + at + 1;
    const entry = { ...row, id: entryId(DEVICE, seq), deviceId: DEVICE, seq, branch: 'utama', prev };
    const hash = hashOf(entry);
    prev = hash;
    return { ...entry, hash };
  });
}

function hashOf(entry: object): string {
  try {
    return entryHash(entry);
  } catch {
    return 'f'.repeat(64);
  }
}

function bodyOf(rows: readonly unknown[], more: object = { signatures: SIGNATURES }): string {
  return JSON.stringify({ entries: rows, ...more });
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** What is read from bytes is what their objects give; null where they say nothing. True where they were read. */
function agrees(body: string | Uint8Array<ArrayBuffer>): boolean {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const slow = readPush(parsed(bytes));
  const cost = bodyCost(bytes);
  const run = readRun(bytes);
  if (run === null) return false;
  const { joints: _joints, ...read } = run;
  separateRows(run);
  expect({ ...read, rows: Buffer.from(run.rows).toString() }).toEqual({
    ...slow,
    rows: Buffer.from(slow?.rows ?? []).toString(),
    cost,
  });
  return true;
}

test('[PUSH22] a run of every kind is read from its bytes, but for those that need their shape', () => {
  expect(agrees(bodyOf(chain(EXAMPLES.filter(({ kind }) => kind === 'sale'))))).toBe(true);
  const others = EXAMPLES.filter((row) => !agrees(bodyOf(chain([row]))));
  expect([...new Set(others.map(({ kind }) => kind))]).toEqual(['adjust', 'count']);
  const read = EXAMPLES.filter((row) => !others.includes(row));
  expect(agrees(bodyOf(chain([...read, ...read]), {}))).toBe(true);
  expect(agrees(bodyOf(chain(read, 41), { signatures: SIGNATURES, oldestHeld: 7, resent: 3, unknown: [{}] }))).toBe(
    true,
  );
});

/** Every place in a value: who holds it, and under which key. */
function placesOf(value: unknown): (readonly [Holder, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[value as Holder, key] as const, ...placesOf(child)]);
}

const ODD = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    false,
    0,
    -1,
    1,
    1.5,
    2 ** 53,
    10 ** 15,
    10 ** 15 - 1,
    '',
    '0',
    [],
    {},
  ),
  fc.constantFrom<unknown>(
    'Les délices "à la carte"',
    'a\\b\n',
    '日本酒 🍶',
    '\u0001',
    '\u2028',
    '[{',
    'é'.repeat(200),
  ),
  fc.constantFrom<unknown>('x'.repeat(200), 'x'.repeat(201), '🍶'.repeat(100), '🍶'.repeat(101), 'x'.repeat(9_000)),
  fc.constantFrom<unknown>('cash', 'sale', 'K1-1-1', Array(21).fill(''), [null], [[[]]], {
    __proto__: null,
    b: 1,
    a: 2,
  }),
  fc.jsonValue(),
);
const CHANGES = fc.array(fc.tuple(fc.nat(), ODD, fc.constantFrom('set', 'drop', 'add', 'turn')), { maxLength: 3 });

function changed(example: Holder, changes: readonly (readonly [number, unknown, string])[]): Holder {
  const entry = structuredClone(example);
  for (const [place, odd, act] of changes) {
    const places = placesOf(entry);
    const [holder, key] = places[place % places.length] as [Holder, string];
    if (act === 'drop') delete holder[key];
    else if (act === 'add') holder.unheardOf = structuredClone(odd);
    else if (act === 'turn' && !Array.isArray(holder)) {
      const value = holder[key];
      delete holder[key];
      holder[key] = value;
    } else holder[key] = structuredClone(odd);
  }
  return JSON.parse(JSON.stringify(entry)) as Holder;
}

test('[PUSH22] what is read from bytes is what their objects give, whatever is changed, added or left out anywhere in them', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...EXAMPLES), CHANGES), { minLength: 1, maxLength: 3 }), (rows) => {
      read += Number(agrees(bodyOf(chain(rows.map(([example, changes]) => changed(example, changes))))));
    }),
    { numRuns: 1_000 },
  );
  expect(read).toBeGreaterThan(100);
}, 60_000);

test('[PUSH22] a byte that is changed, put in or taken out anywhere is never passed over', () => {
  const body = new TextEncoder().encode(bodyOf(chain(EXAMPLES.filter(({ kind }) => kind === 'sale').slice(0, 2))));
  const BYTES = fc.oneof(fc.constantFrom(...Buffer.from('"\\[]{},: 0-1.eEtfn/u\n')), fc.nat(255));
  fc.assert(
    fc.property(fc.nat(body.length - 1), BYTES, fc.constantFrom(0, 1, 2), (at, byte, act) => {
      const [before, behind] = [body.subarray(0, at), body.subarray(act === 0 ? at : at + 1)];
      agrees(new Uint8Array(Buffer.concat([before, act === 2 ? Buffer.alloc(0) : Buffer.of(byte), behind])));
    }),
    { numRuns: 2_000 },
  );
}, 60_000);

const [SALE] = chain([{ ...EXAMPLES.find(({ kind }) => kind === 'sale') }]) as [Holder];
const { kind: WASTE, body: WASTED, ...REST } = EXAMPLES.find(({ kind }) => kind === 'waste') as Holder;
/** Its lines might be those of goods that came. */
const LONG_BODY = { lines: Array(99).fill({ productId: 'p', quantity: 1 }) };
const LONG = { ...REST, body: { ...LONG_BODY, ...Object(WASTED), ...LONG_BODY }, kind: WASTE };
const TEXT = JSON.stringify(SALE);
const END = `],"signatures":${JSON.stringify(SIGNATURES)}}`;

test.each([
  ['another order', `{"signatures":[],"entries":[${TEXT}]}`],
  ['white space', `{"entries":[${TEXT.replace(',', ', ')}${END}`],
  ['another escape', `{"entries":[${TEXT.replace('"kind"', '"\\u006bind"')}${END}`],
  ['a member twice', `{"entries":[${TEXT.replace('{', '{"v":1,')}${END}`],
  ['a number in another way', `{"entries":[${TEXT.replace('"v":1,', '"v":1.0,')}${END}`],
  ['nothing less than zero', `{"entries":[${TEXT.replace('"v":1,', '"v":-0,')}${END}`],
  ['rows twice', `{"entries":[${TEXT}],"entries":[]}`],
  ['a comma less', `{"entries":[${TEXT}]"signatures":[]}`],
  ['a comma more', `{"entries":[${TEXT}],}`],
  ['a comma more between', `{"entries":[${TEXT},]}`],
  ['no rows', '{"entries":[]}'],
  ['a row that is none', `{"entries":[${TEXT},null${END}`],
  ['no end', `{"entries":[${TEXT}]`],
  ['something behind its end', `{"entries":[${TEXT}]}]`],
  ['a mark of its encoding', `\ufeff{"entries":[${TEXT}${END}`],
  ['more rows than may be', bodyOf(chain(Array.from({ length: 201 }, () => SALE)))],
  ['its kind behind much else', bodyOf(chain([LONG]))],
  ['a place twice', bodyOf([SALE, SALE])],
  ['no signature for one', bodyOf([SALE], { signatures: [null] })],
])('[PUSH22] a push that is written with %s is not read from its bytes', (_, body) => {
  expect(agrees(body)).toBe(false);
});

test.each([
  ['plain', 'x', 200],
  ['of other alphabets', 'é', 200],
  ['of two units each', '🍶', 100],
  ['that is escaped', '"', 200],
])(
  '[PUSH22] the longest text that its shape lets in, %s, is read from its bytes, and none that is longer',
  (_, character, most) => {
    const named = (count: number) => {
      const lines = [{ name: character.repeat(count), quantity: 1, unitPrice: 0, total: 0 }];
      return bodyOf(chain([{ ...SALE, body: { ...(SALE.body as object), lines } }]));
    };
    expect([agrees(named(most)), agrees(named(most + 1))]).toEqual([true, false]);
  },
);

test('[PUSH22] bytes that are no UTF-8 are not read', () => {
  const bytes = new Uint8Array(Buffer.from(`{"entries":[${TEXT}${END}`));
  expect(agrees(bytes)).toBe(true);
  bytes[bytes.indexOf('k'.charCodeAt(0))] = 0xff;
  expect(agrees(bytes)).toBe(false);
});
