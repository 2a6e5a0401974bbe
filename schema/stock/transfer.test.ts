import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_HEAD, sealEntry } from '../chain.ts';
import type { BodyOf, DeviceEntry, DeviceEntryKind, Entry } from '../entry/entry.ts';
import { makeTransferTold } from '../fixtures/make-exchanges-v4.ts';
import { type BranchId, branchIdShape, type DeviceId, type ProductId, personIdShape, type TransferId } from '../ids.ts';
import type { Quantity } from '../quantity.ts';
import { stockEffects } from './effect.ts';
import { type TransferEvent, transferEvent, transfersOf } from './transfer.ts';
import { findTransferFault } from './transfer-fault.ts';
import { transferFlags } from './transfer-flag.ts';
import { toldOf } from './transfer-told.ts';

const [HERE, THERE] = [branchIdShape.parse('utama'), branchIdShape.parse('cabang')];
const COFFEE = 'kopi' as ProductId;
const transferId = 'kirim-1' as TransferId;
let seq = 0;

function write<Kind extends DeviceEntryKind>(kind: Kind, body: BodyOf<Kind>, branch: BranchId = HERE): DeviceEntry {
  seq += 1;
  const deviceId = '0123456789abcdef' as DeviceId;
  const open = { deviceId, branch, person: personIdShape.parse('budi'), at: seq, kind, body };
  return sealEntry(open, { ...EMPTY_HEAD, seq: seq - 1 }) as DeviceEntry;
}
const units = (quantity: number) => [{ productId: COFFEE, quantity: quantity as Quantity }];
const sent = (quantity: number) => write('transfer-out', { transferId, toBranch: THERE, lines: units(quantity) });
const arrived = (quantity: number) =>
  write('transfer-in', { transferId, fromBranch: HERE, lines: units(quantity) }, THERE);
const lost = (quantity: number) =>
  write('waste', { reason: 'lost', transfer: { transferId, branch: HERE }, lines: units(quantity) }, THERE);
const eventOf = (entry: Entry) => transferEvent(entry) as TransferEvent;
/** The entry as the other branch hears of it. */
const told = (entry: DeviceEntry): Entry => {
  const { kind, body } = toldOf(entry) ?? { kind: 'transfer-sent', body: {} };
  return { ...entry, kind, body, id: 'serverserverserv:0000000009' } as unknown as Entry;
};

test('[TRF4] sent 5, arrived 4: a difference of 1, until what is missing is written off', () => {
  const events = [sent(5), arrived(4)].map(eventOf);
  expect(transfersOf(events)).toMatchObject([
    { transferId, state: 'difference', lines: [{ sent: 5, arrived: 4, settled: 0, open: 1 }] },
  ]);
  expect(transfersOf(events.slice(0, 1))).toMatchObject([{ state: 'on-the-way', lines: [{ open: 5 }] }]);
  expect(transfersOf([...events, eventOf(lost(1))])).toMatchObject([{ state: 'done', lines: [{ open: 0 }] }]);
});

test('[TRF4] both branches see the same, each from its own entries and what it is told; order and repetition say nothing', () => {
  const facts = [sent(5), arrived(4), lost(1)];
  const here = [facts[0], told(facts[1] as DeviceEntry), told(facts[2] as DeviceEntry)] as Entry[];
  const there = [told(facts[0] as DeviceEntry), facts[1], facts[2]] as Entry[];
  const figures = (entries: readonly Entry[]) =>
    transfersOf(entries.map(eventOf)).map(({ state, lines }) => [state, lines]);
  expect(figures(here)).toEqual(figures(there));
  expect(transfersOf(here.map(eventOf))).toMatchObject([{ fromHere: true, other: THERE }]);
  expect(transfersOf(there.map(eventOf))).toMatchObject([{ fromHere: false, other: HERE }]);
  fc.assert(
    fc.property(fc.shuffledSubarray([...here, ...here], { minLength: 6, maxLength: 6 }), (entries) => {
      expect(transfersOf(entries.map(eventOf))).toEqual(transfersOf(here.map(eventOf)));
    }),
  );
});

test('[TRF4] a release says what the entry says that it releases, once with it', () => {
  const out = sent(5);
  const body = { target: out.id, readable: { ...out }, reason: 'late' };
  const release = { ...out, kind: 'release', id: 'serverserverserv:0000000001', body } as unknown as Entry;
  expect(transfersOf([out, release].map(eventOf))).toMatchObject([{ lines: [{ sent: 5 }] }]);
});

test('[TRF4] what the other branch is told reads as the same event', () => {
  expect(makeTransferTold().map((entry) => transferEvent(entry)?.what)).toEqual(['sent', 'arrived', 'settled']);
});

test('[TRF5] a second receipt and more than was sent are flagged, and what nobody sent until it is known', () => {
  const [first, second] = [eventOf(arrived(4)), eventOf(arrived(2))];
  const out = eventOf(sent(5));
  const flags = (events: readonly TransferEvent[]) => [...transferFlags(events).values()];
  expect(flags([out, first])).toEqual([[], []]);
  expect(flags([out, first, second])).toEqual([[], [], ['transfer-again', 'transfer-more']]);
  expect(flags([first])).toEqual([['transfer-unknown']]);
  expect(flags([first, out])).toEqual([[], []]);
  expect(flags([first, second])).toEqual([['transfer-unknown'], ['transfer-unknown']]);
  expect(flags([out, eventOf(sent(1))])).toEqual([[], ['transfer-again']]);
});

test('[TRF5] what comes in several deliveries is fine until more came than was sent', () => {
  const parts = [2, 2, 1, 1].map((units) => eventOf(arrived(units)));
  const flags = transferFlags([eventOf(sent(5)), ...parts]);
  expect(parts.map(({ key }) => flags.get(key))).toEqual([[], [], [], ['transfer-again', 'transfer-more']]);
});

test('[TRF5] whenever the other branch is heard of, the same receipts are flagged', () => {
  const [one, two, three] = [arrived(3), arrived(3), arrived(3)].map(eventOf) as [
    TransferEvent,
    TransferEvent,
    TransferEvent,
  ];
  const out = eventOf(sent(7));
  fc.assert(
    fc.property(fc.nat(3), (place) => {
      const flags = transferFlags([one, two, three].toSpliced(place, 0, out));
      expect([one, two, three].map(({ key }) => flags.get(key))).toEqual([[], [], ['transfer-again', 'transfer-more']]);
    }),
  );
});

test('[TRF6] what was lost on its way is in no stock; a correction that names a transfer moves it', () => {
  expect(stockEffects(lost(1))).toEqual([]);
  const lines = [{ productId: COFFEE, delta: 1 as Quantity }];
  const found = write('adjust', { reason: 'found', transfer: { transferId, branch: THERE }, lines });
  expect(stockEffects(found)).toEqual([{ productId: COFFEE, in: 1, out: 0 }]);
  expect(transfersOf([sent(5), arrived(4), found].map(eventOf))).toMatchObject([{ state: 'done' }]);
});

test('[TRF7] what cannot be sent is named', () => {
  const wish = { own: HERE, to: THERE, branches: new Set([HERE, THERE]), lines: units(5), free: () => null };
  const nowhere = branchIdShape.parse('nowhere');
  expect(findTransferFault(wish)).toBeNull();
  expect(findTransferFault({ ...wish, to: HERE })).toEqual({ code: 'own-branch' });
  expect(findTransferFault({ ...wish, to: nowhere })).toEqual({ code: 'unknown-branch' });
  expect(findTransferFault({ ...wish, lines: [] })).toEqual({ code: 'no-lines' });
  expect(findTransferFault({ ...wish, lines: [...units(1), ...units(2)] })).toEqual({ code: 'twice', product: COFFEE });
  for (const quantity of [0, -5, 10 ** 12, 1.5, Number.NaN])
    expect(findTransferFault({ ...wish, lines: units(quantity) })).toEqual({ code: 'bad-quantity', product: COFFEE });
  expect(findTransferFault({ ...wish, free: () => 4 })).toEqual({ code: 'shared-out', product: COFFEE, free: 4 });
  expect(findTransferFault({ ...wish, free: () => 5 })).toBeNull();
});
