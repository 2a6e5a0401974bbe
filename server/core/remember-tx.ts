import type { Head } from '../../schema/entry/entry.ts';
import type { DeviceId, EntryId } from '../../schema/ids.ts';
import type { JournalChange, StoredDevice, StoredEntry, WriteTx } from '../store/store.ts';

/**
 * The same transaction, which asks the store once for what the rules of the journals ask for with every row: heads, devices, settled
 * targets, and the entries that it stored itself. What it writes it remembers too, so the answers are those of the store.
 */
export function rememberTx(tx: WriteTx): WriteTx {
  // What is not remembered goes to the transaction, which also knows when it is over.
  return Object.assign(Object.create(tx) as WriteTx, {
    ...rememberHeads(tx),
    ...rememberDevices(tx),
    ...rememberSettled(tx),
    ...rememberEntries(tx),
  });
}

function rememberHeads(tx: WriteTx): Pick<WriteTx, 'head' | 'setHead'> {
  const heads = new Map<DeviceId, Head | undefined>();
  return {
    head: async (deviceId) => {
      if (!heads.has(deviceId)) heads.set(deviceId, await tx.head(deviceId));
      return heads.get(deviceId);
    },
    setHead: async (deviceId, head) => {
      heads.delete(deviceId);
      await tx.setHead(deviceId, head);
    },
  };
}

function rememberDevices(tx: WriteTx): Pick<WriteTx, 'device' | 'addDevice' | 'setCredential'> {
  const devices = new Map<DeviceId, StoredDevice>();
  return {
    device: async (id) => {
      const known = devices.get(id) ?? (await tx.device(id));
      if (known) devices.set(id, known);
      return known;
    },
    addDevice: (device) => tx.addDevice(device),
    setCredential: async (id, hash) => {
      devices.delete(id);
      await tx.setCredential(id, hash);
    },
  };
}

function rememberSettled(tx: WriteTx): Pick<WriteTx, 'settledBy' | 'settle'> {
  const settled = new Map<string, EntryId | undefined>();
  return {
    settledBy: async (target) => {
      if (!settled.has(target)) settled.set(target, await tx.settledBy(target));
      return settled.get(target);
    },
    settle: async (target, by) => {
      settled.delete(target);
      await tx.settle(target, by);
    },
  };
}

type Entries = Pick<WriteTx, 'insertEntry' | 'entry' | 'entriesFrom' | 'quarantineEntry' | 'reflagEntry'>;

function rememberEntries(tx: WriteTx): Entries {
  const own = new Map<EntryId, JournalChange>();
  const ids = new Map<string, EntryId>();
  const at = (deviceId: DeviceId, seq: number): JournalChange | undefined =>
    own.get(ids.get(`${deviceId} ${seq}`) as EntryId);
  /** Entries of one device that were stored here, from a place on, without a gap. */
  const run = (deviceId: DeviceId, from: number, limit: number): JournalChange[] => {
    const found: JournalChange[] = [];
    for (let next = at(deviceId, from); next && found.length < limit; next = at(deviceId, from + found.length))
      found.push(next);
    return found;
  };
  return {
    insertEntry: async (entry: StoredEntry) => {
      const seq = await tx.insertEntry(entry);
      own.set(entry.id, { ...entry, seq });
      ids.set(`${entry.deviceId} ${entry.entrySeq}`, entry.id);
      return seq;
    },
    entry: async (id) => own.get(id) ?? (await tx.entry(id)),
    entriesFrom: async (deviceId, from, limit) => {
      const first = run(deviceId, from, limit);
      if (first.length === limit) return first;
      return [...first, ...(await tx.entriesFrom(deviceId, from + first.length, limit - first.length))];
    },
    quarantineEntry: async (id, reason) => {
      own.delete(id);
      await tx.quarantineEntry(id, reason);
    },
    reflagEntry: async (id, flags) => {
      own.delete(id);
      await tx.reflagEntry(id, flags);
    },
  };
}
