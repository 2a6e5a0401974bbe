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

export function createDeliveryBook(journal: WholeRead<BranchEntry>): DeliveryBook {
  const byOrder = new Map<string, Map<EntryId, Delivery>>();
  const orderOf = new Map<EntryId, string>();
  const drop = (id: EntryId) => {
    byOrder.get(orderOf.get(id) ?? '')?.delete(id);
    orderOf.delete(id);
  };
  const take = (id: EntryId, device: Delivery['device'], entry: DeviceEntry) => {
    if (entry.kind !== 'receive' || entry.body.order === undefined) return;
    const { order } = entry.body;
    const known = byOrder.get(order) ?? new Map<EntryId, Delivery>();
    byOrder.set(order, known.set(id, deliveryOf(id, device, entry)));
    orderOf.set(id, order);
  };
  const put = (entries: readonly BranchEntry[]) => {
    for (const { id, deviceId, verdict, entry } of entries) {
      if (verdict !== 'accepted' || entry === undefined) continue;
      const said = entry as unknown as Entry;
      if (said.kind === 'release') takeReleased(said.body, take);
      else take(id, deviceId, said as DeviceEntry);
    }
  };
  journal.join(put);
  return {
    readAll: journal.readAll,
    put,
    addOwn: (entry) => take(entry.id, entry.deviceId, entry),
    remove: (ids) => {
      for (const id of ids) drop(id as EntryId);
    },
    of: (order) => [...(byOrder.get(order)?.values() ?? [])],
    clear: () => {
      byOrder.clear();
      orderOf.clear();
      journal.forget();
    },
  };
}

/** What could not be read says nothing until a release says what it meant: that is the same entry, however often it is told. */
function takeReleased(
  { target, readable }: Extract<Entry, { kind: 'release' }>['body'],
  take: (id: EntryId, device: Delivery['device'], entry: DeviceEntry) => void,
): void {
  const meant = readDeviceEntry(readable);
  if (meant.ok) take(target, splitEntryId(target).deviceId, meant.value);
}

function deliveryOf(
  entry: EntryId,
  device: Delivery['device'],
  { person, at, body }: Extract<DeviceEntry, { kind: 'receive' }>,
): Delivery {
  const lines = body.lines.map(({ productId, quantity, unitCost = null }) => ({ productId, quantity, unitCost }));
  return { entry, device, person, at, reference: body.reference, lines };
}
