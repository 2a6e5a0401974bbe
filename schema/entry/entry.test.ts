import { expect, test } from 'vitest';
import { entryHash } from '../chain.ts';
import { makeDeviceEntries, makeServerEntries, TILL_DEVICE } from '../fixtures/make-entries.ts';
import { makeDeviceEntriesV3 } from '../fixtures/make-entries-v3.ts';
import { REASON_MAX } from '../limits.ts';
import { type DeviceEntry, deviceEntryShape, readDeviceEntry, serverEntryShape } from './entry.ts';

const EXAMPLES = [...makeDeviceEntries(), ...makeDeviceEntriesV3()];
const KINDS = deviceEntryShape.options.map((shape) => shape.shape.kind.value);
const SERVER_KINDS = serverEntryShape.options.map((shape) => shape.shape.kind.value);
const exampleOf = (kind: string) => EXAMPLES.find((entry) => entry.kind === kind) as DeviceEntry;

test('[ENT1] the kinds are those agreed from the start', () => {
  expect([...KINDS].sort()).toEqual([
    'adjust',
    'allotment-received',
    'allotment-returned',
    'approval',
    'cash-in',
    'cash-out',
    'count',
    'credit-payment',
    'payment-confirmed',
    'receive',
    'refund',
    'sale',
    'shift-close',
    'shift-open',
    'snapshot',
    'tender-correction',
    'transfer-in',
    'transfer-out',
    'waste',
  ]);
  expect(SERVER_KINDS).toEqual([
    'release',
    'gap-closed',
    'retired',
    'allotment',
    'allotment-written-off',
    'transfer-sent',
    'transfer-arrived',
    'transfer-settled',
  ]);
});

test.each(KINDS.map((kind) => [kind]))('[ENT1] the example of %s reads as the very value that came in', (kind) => {
  const raw: unknown = JSON.parse(JSON.stringify(exampleOf(kind)));
  const read = readDeviceEntry(raw);
  expect(read.ok && read.value).toBe(raw);
});

test.each(makeServerEntries().map((entry) => [entry.kind, entry] as const))(
  "[ENT1] the example of the server's %s reads",
  (_kind, entry) => {
    expect(serverEntryShape.safeParse(JSON.parse(JSON.stringify(entry))).success).toBe(true);
  },
);

/** One wrong value per kind, and the field that the reason must name. */
const BROKEN: Readonly<Record<DeviceEntry['kind'], readonly [place: string, value: unknown]>> = {
  sale: ['body.lines.0.quantity', 0],
  refund: ['body.reason', undefined],
  receive: ['body.lines.1.quantity', 1.5],
  adjust: ['body.lines.0.delta', 0],
  waste: ['body.reason', ''],
  'transfer-out': ['body.toBranch', 'No Such'],
  'transfer-in': ['body.lines.0.sent', -1],
  count: ['body.lines.0.counted', -1],
  'shift-open': ['body.float', -1],
  'shift-close': ['body.zNo', 0],
  'cash-in': ['body.reason', 7],
  'cash-out': ['body.amount', '20000'],
  'payment-confirmed': ['body.payment', -1],
  'tender-correction': ['body.to', 'cheque'],
  'credit-payment': ['body.customer', ''],
  approval: ['body.approver', ''],
  'allotment-received': ['body.quantity', 0],
  'allotment-returned': ['body.allotment', 'x'],
  snapshot: ['body.upTo.hash', 'AB'],
};

function broken(entry: DeviceEntry, place: string, value: unknown): unknown {
  const copy: unknown = structuredClone(entry);
  const keys = place.split('.');
  const holder = keys.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (holder as Record<string, unknown>)[keys.at(-1) as string] = value;
  return copy;
}

test.each(Object.entries(BROKEN))(
  '[ENT1] a broken %s is unreadable, and the reason names the field',
  (kind, [place, value]) => {
    const read = readDeviceEntry(broken(exampleOf(kind), place, value));
    expect(read).toMatchObject({ ok: false, error: { reason: expect.stringMatching(`^${place}: `) } });
  },
);

test.each(['v', 'id', 'deviceId', 'seq', 'branch', 'prev', 'hash', 'at', 'kind', 'body'])(
  '[ENT1] an entry without its %s is unreadable',
  (field) => {
    const { [field]: _gone, ...rest } = exampleOf('waste') as unknown as Record<string, unknown>;
    const read = readDeviceEntry(rest);
    expect(read).toMatchObject({ ok: false, error: { reason: expect.stringMatching(`^${field}`) } });
  },
);

test('[ENT14] an entry that names no person is unreadable', () => {
  for (const person of [undefined, '', null]) {
    expect(readDeviceEntry({ ...exampleOf('sale'), person })).toMatchObject({ ok: false });
  }
});

test.each([null, undefined, 1, 'x', [], {}, [exampleOf('sale')]])('[ENT1] %j is no entry', (raw) => {
  expect(readDeviceEntry(raw).ok).toBe(false);
});

test('[ENT1] the reason is short, whatever the row says', () => {
  const read = readDeviceEntry(broken(exampleOf('count'), 'body.seen', { ['😀'.repeat(400)]: 1 }));
  expect(read.ok).toBe(false);
  if (!read.ok) expect(read.error.reason.length).toBeLessThanOrEqual(REASON_MAX);
});

test('[ENT2] unknown fields survive reading, at the top and inside, and the hash covers them', () => {
  const old = exampleOf('sale');
  const newer = { ...old, loyalty: 7, body: { ...old.body, table: 'T4' } };
  const sealed = { ...newer, hash: entryHash(newer) };
  const read = readDeviceEntry(sealed);
  expect(read).toEqual({ ok: true, value: sealed });
  expect(entryHash(sealed)).not.toBe(old.hash);
});

test('[ENT4] an id that is not made of the device and its seq is unreadable', () => {
  const entry = exampleOf('waste');
  const reason = expect.stringMatching(/^id: /);
  for (const wrong of [{ seq: entry.seq + 1 }, { deviceId: 'zyxwvtsrqpnmkjhg' }, { id: `${TILL_DEVICE}:0000000099` }]) {
    expect(readDeviceEntry({ ...entry, ...wrong })).toMatchObject({ ok: false, error: { reason } });
  }
  expect(readDeviceEntry({ ...entry, seq: 10 ** 10 })).toMatchObject({ ok: false, error: { reason } });
});

test("[ENT13] what only the server writes is unreadable as a device's", () => {
  for (const entry of makeServerEntries()) expect(readDeviceEntry(entry).ok).toBe(false);
});

test('[RCP1] a sale whose receipt number is no receipt number is unreadable', () => {
  for (const receipt of ['42', 'K1-1-0', 'K1-1-1 ']) {
    expect(readDeviceEntry(broken(exampleOf('sale'), 'body.receipt', receipt)).ok).toBe(false);
  }
});
