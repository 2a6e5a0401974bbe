import { expect, test } from 'vitest';
import type { DeviceEntry } from '../entry/entry.ts';
import { makeDeviceEntries } from '../fixtures/make-entries.ts';
import { stockEffects } from './effect.ts';
import { type TransferEvent, transferEvent, transfersOf } from './transfer.ts';
import { undoOf } from './undo-move.ts';

const EXAMPLES = makeDeviceEntries();
const exampleOf = (kind: string) => EXAMPLES.find((entry) => entry.kind === kind) as DeviceEntry;
const undone = (entry: DeviceEntry) =>
  ({ ...entry, kind: 'adjust', body: { reason: 'undo', ...undoOf(entry) } }) as DeviceEntry;

test.each(['receive', 'adjust', 'waste', 'transfer-out', 'transfer-in'])(
  '[MOV2] a %s and what takes it back move nothing together',
  (kind) => {
    const entry = exampleOf(kind);
    const [forth, back] = [stockEffects(entry), stockEffects(undone(entry))];
    expect(back).toEqual(forth.map(({ productId, in: units, out }) => ({ productId, in: out, out: units })));
    expect(undoOf(undone(entry))).toBeNull();
  },
);

test('[MOV2] what moves no stock is not taken back', () => {
  for (const kind of ['count', 'sale', 'approval']) expect(undoOf(exampleOf(kind))).toBeNull();
  const waste = exampleOf('waste') as Extract<DeviceEntry, { kind: 'waste' }>;
  const transfer = { transferId: 'kirim-1', branch: 'cabang' } as never;
  expect(undoOf({ ...waste, body: { ...waste.body, transfer } })).toBeNull();
});

test('[MOV2] a transfer that is taken back is done, and a receipt of one is on its way again', () => {
  const events = (...entries: readonly DeviceEntry[]) =>
    entries.map((entry, index) => ({ ...(transferEvent(entry) as TransferEvent), key: String(index) }));
  const [out, back] = [exampleOf('transfer-out'), undone(exampleOf('transfer-out'))];
  expect(transfersOf(events(out, back))).toMatchObject([{ state: 'done' }]);
  const arrived = exampleOf('transfer-in');
  const [transfer] = transfersOf(events(arrived, undone(arrived)));
  expect(transfer?.lines.every(({ arrived: units, settled }) => units + settled === 0)).toBe(true);
});
