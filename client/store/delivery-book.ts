import { type DeviceEntry, type Entry, readDeviceEntry } from '../../schema/entry/entry.ts';
import { type EntryId, splitEntryId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { Delivery } from '../device/orders.ts';
import type { WholeRead } from './whole-read.ts';

/** What came for orders to suppliers, as far as this device holds it: as many as its journals do, and no clock leaves any out. */
export interface DeliveryBook {
  /** Reads the branch journal through, where nobody did. Until then only own entries and what arrived since the start are here. */
  readAll(): Promise<void>;
  put(entries: readonly BranchEntry[]): void;
  addOwn(entry: DeviceEntry): void;
  /** Forgets entries that are no longer on disk. */
  remove(ids: readonly string[]): void;
  /** What came for one order, in no particular order. */
  of(order: string): readonly Delivery[];
  /** Begins anew, e.g. after another tab wrote here. */
  clear(): void;
}

/** What a row of the journals says came for an order. */
interface Told {
  readonly order: string;
  /** What was written: the same in a fork, in a release, and at its author. */
  readonly written: string;
  readonly delivery: Delivery;
}

export function createDeliveryBook(journal: WholeRead<BranchEntry>): DeliveryBook {
  const byRow = new Map<string, Told>();
  const rowsOf = new Map<string, Set<string>>();
  const drop = (row: string) => {
    rowsOf.get(byRow.get(row)?.order ?? '')?.delete(row);
    byRow.delete(row);
  };
  /** In a server's other history a row may be another one: what it said before is forgotten. */
  const hold = (row: string, told: Told | null) => {
    drop(row);
    if (told === null) return;
    byRow.set(row, told);
    rowsOf.set(told.order, (rowsOf.get(told.order) ?? new Set()).add(row));
  };
  const put = (rows: readonly BranchEntry[]) => {
    for (const row of rows) hold(row.id, toldBy(row));
  };
  journal.join(put);
  return {
    readAll: journal.readAll,
    put,
    addOwn: (entry) => hold(entry.id, toldOf(entry.id, entry.deviceId, entry)),
    remove: (ids) => {
      for (const id of ids) drop(id);
    },
    of: (order) => {
      const told = [...(rowsOf.get(order) ?? [])].flatMap((row) => byRow.get(row) ?? []);
      return [...new Map(told.map(({ written, delivery }) => [written, delivery])).values()];
    },
    clear: () => {
      byRow.clear();
      rowsOf.clear();
      journal.forget();
    },
  };
}

/** What could not be read says nothing until a release says what it meant: that is the same entry, however often it is told. */
function toldBy({ id, deviceId, verdict, entry }: BranchEntry): Told | null {
  if (verdict !== 'accepted' || entry === undefined) return null;
  const said = entry as unknown as Entry;
  if (said.kind !== 'release') return toldOf(id, deviceId, said as DeviceEntry);
  const { target, readable } = said.body;
  const meant = readDeviceEntry(readable);
  return meant.ok ? toldOf(target, splitEntryId(target).deviceId, meant.value) : null;
}

function toldOf(id: EntryId, device: Delivery['device'], entry: DeviceEntry): Told | null {
  if (entry.kind !== 'receive' || entry.body.order === undefined) return null;
  const written = `${entry.id} ${entry.hash}`;
  return { order: entry.body.order, written, delivery: deliveryOf(id, device, entry) };
}

function deliveryOf(
  entry: EntryId,
  device: Delivery['device'],
  { person, at, body }: Extract<DeviceEntry, { kind: 'receive' }>,
): Delivery {
  const lines = body.lines.map(({ productId, quantity, unitCost = null }) => ({ productId, quantity, unitCost }));
  return { entry, device, person, at, reference: body.reference, lines };
}
