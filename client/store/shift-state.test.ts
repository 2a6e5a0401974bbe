import { describe, expect, it } from 'vitest';
import { sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, DeviceEntryKind, Head } from '../../schema/entry/entry.ts';
import { makeDeviceEntries } from '../../schema/fixtures/make-entries.ts';
import type { Money } from '../../schema/money.ts';
import { must } from '../../schema/result.ts';
import { createJournalIndex } from './journal-index.ts';
import { laterTail } from './journal-tail.ts';
import { NO_SHIFT, type ShiftState, shiftAfter } from './shift-state.ts';

const examples = makeDeviceEntries();
const example = <Kind extends DeviceEntryKind>(kind: Kind, seq: number, body: Partial<BodyOf<Kind>> = {}) => {
  const found = must(
    examples.find((entry) => entry.kind === kind),
    kind,
  );
  return { ...found, seq, body: { ...found.body, ...body } } as Extract<DeviceEntry, { kind: Kind }>;
};
const opened = example('shift-open', 3, { float: 5_000 as Money });
const closed = example('shift-close', 9, { zNo: 4 });

describe('shiftAfter', () => {
  it('[SHF1] [SHF7] a shift is open from its opening to its Z report, whose number is the last', () => {
    const open = shiftAfter(NO_SHIFT, opened);
    expect(open.open).toEqual({ shift: opened.body.shift, float: 5_000, openedAt: opened.at });
    expect(shiftAfter(open, example('sale', 4))).toBe(open);
    expect(shiftAfter(open, closed)).toEqual({ open: null, zNo: 4, coveredTo: 9 });
  });

  it('[SHF7] a number that a damaged disk made up is not gone on from', () => {
    expect(shiftAfter(NO_SHIFT, example('shift-close', 9, { zNo: 1_000 })).zNo).toBe(0);
    expect(shiftAfter(NO_SHIFT, example('snapshot', 9, { zNo: 1_000 })).zNo).toBe(0);
    expect(shiftAfter(NO_SHIFT, example('snapshot', 9, { zNo: 6 })).zNo).toBe(6);
  });
});

describe('where the disk lost the last rows', () => {
  const shift: ShiftState = { open: null, zNo: 4, coveredTo: 9 };
  const rows = createJournalIndex().tail();
  const head: Head = { seq: 9, hash: closed.hash };

  it('[SHF7] the vault knows the last Z report, so that no number comes twice', () => {
    const kept = { ...rows, head, shift };
    expect(laterTail(rows, kept, rows.head).shift).toEqual(shift);
  });

  it('[SHF7] what an older version kept says nothing of shifts: then the rows do', () => {
    const { shift: _none, ...older } = { ...rows, head };
    expect(laterTail({ ...rows, shift }, older, rows.head)).toEqual({ ...older, shift });
  });

  it('[SHF7] an index that is filled again knows what it knew', () => {
    const index = createJournalIndex();
    for (const entry of [opened, closed])
      index.add(sealEntry(entry, { seq: entry.seq - 1, hash: entry.prev }) as never);
    expect(index.shift()).toEqual(shift);
    index.clear();
    expect(index.shift()).toEqual(NO_SHIFT);
  });
});
