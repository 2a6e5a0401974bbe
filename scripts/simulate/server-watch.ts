import type { DeviceId, EditId, EntryId, Hash } from '../../schema/ids.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import { linesOf } from '../../server/core/read-push.ts';
import type { MemoryDisk } from '../../server/store/memory/memory-disk.ts';
import { INSERT_ONLY, type Put, type Rows } from '../../server/store/memory/tables.ts';
import type { StoredEdit } from '../../server/store/store.ts';

type EntryRow = Rows['entry'] extends Map<string, infer Row> ? Row : never;

/** What reached the server's disk since it was looked at last. */
export interface Fresh {
  readonly entries: readonly EntryRow[];
  readonly stocks: readonly Stock[];
  readonly products: readonly string[];
  /** Rows of tables that only grow, and that changed all the same. */
  readonly changed: readonly string[];
}

/** Looks at the server's disk from outside. */
export interface ServerWatch {
  synced(puts: readonly Put[]): void;
  /** Something else lies on the disk now: a backup, or an older state of the machine. */
  restored(): void;
  takeFresh(): Fresh;
  /** The hash that stands at a place of a device's chain. */
  hashAt(deviceId: DeviceId, seq: number): Hash | undefined;
  /** What was stored under this hash, wherever. */
  idsOf(hash: Hash): readonly EntryId[];
  /** True when it was stored, or waits in the inbox: the server answers for it. */
  isHeld(hash: Hash): boolean;
  /** Those of them that count: a quarantined one keeps its place and moves nothing. */
  countedIdsOf(hash: Hash): readonly EntryId[];
  /** The server's own journal counted it, apart from its place. */
  isReleased(id: EntryId, hash: Hash): boolean;
  /** A device was retired, in this history or in one that is lost. */
  wasRetired(deviceId: DeviceId): boolean;
  /** An edit had been taken, and a backup without it was put back. */
  wasEditLost(editId: EditId): boolean;
  rows(): Rows;
}

export function createServerWatch(disk: () => MemoryDisk): ServerWatch {
  const rows = () => disk().rows();
  const byHash = new Map<Hash, EntryId[]>();
  const seen = new Map<string, unknown>();
  const settled = new Set<string>();
  const edits = { taken: new Set<string>(), lost: new Set<string>() };
  let puts: Put[] = [];
  const noteEntry = ({ hash, id }: EntryRow) => void byHash.set(hash, [...(byHash.get(hash) ?? []), id]);
  const takeFresh = (): Fresh => {
    const taken = puts;
    puts = [];
    const documents = taken
      .filter(({ table }) => table === 'document')
      .map(({ value }) => value as { collection: string; json: string });
    return {
      entries: taken.filter(({ table }) => table === 'entry').map(({ value }) => value as EntryRow),
      stocks: documents.filter(({ collection }) => collection === 'stock').map(({ json }) => JSON.parse(json) as Stock),
      products: documents.filter(({ collection }) => collection === 'products').map(({ json }) => json),
      changed: taken.filter((put) => changesForGood(seen, put)).map(({ table, key }) => `${table} ${key}`),
    };
  };
  return {
    synced: (more) => {
      for (const put of more) {
        if (put.table === 'entry') noteEntry(put.value as EntryRow);
        if (put.table === 'settled_target') settled.add(put.key);
        if (put.table === 'edit') edits.taken.add((put.value as StoredEdit).editId);
        puts.push(put);
      }
    },
    restored: () => {
      // What a document was stays known; everything else begins anew.
      puts = puts.filter(({ table }) => table === 'document');
      byHash.clear();
      seen.clear();
      const held = new Set<string>([...rows().edit.values()].map(({ editId }) => editId));
      for (const id of edits.taken) if (!held.has(id)) edits.lost.add(id);
      for (const entry of rows().entry.values()) noteEntry(entry);
      for (const table of INSERT_ONLY) for (const [key, value] of rows()[table]) seen.set(`${table} ${key}`, value);
    },
    takeFresh,
    hashAt: (deviceId, seq) => rows().entry.get(`${deviceId}:${String(seq).padStart(10, '0')}`)?.hash,
    idsOf: (hash) => byHash.get(hash) ?? [],
    isHeld: (hash) =>
      byHash.has(hash) ||
      [...rows().inbox.values()].some(
        (push) => push && linesOf(push.rows).some((row) => row.includes(`"hash":"${hash}"`)),
      ),
    countedIdsOf: (hash) => (byHash.get(hash) ?? []).filter((id) => rows().entry_state.get(id)?.verdict === 'accepted'),
    isReleased: (id, hash) => rows().settled_target.has(`release ${id} ${hash}`),
    wasRetired: (deviceId) => settled.has(`retired ${deviceId}`),
    wasEditLost: (editId) => edits.lost.has(editId),
    rows,
  };
}

/** True where a row that may only be added was there already, and was another. */
function changesForGood(seen: Map<string, unknown>, { table, key, value }: Put): boolean {
  if (!INSERT_ONLY.has(table)) return false;
  const place = `${table} ${key}`;
  const before = seen.get(place);
  seen.set(place, value);
  return before !== undefined && JSON.stringify(before) !== JSON.stringify(value);
}
