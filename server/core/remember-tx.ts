import type { Head } from '../../schema/entry/entry.ts';
import type { DeviceId, EntryId, Scope } from '../../schema/ids.ts';
import type {
  JournalChange,
  ReadTx,
  SaleTraces,
  StoredDevice,
  StoredDocument,
  StoredEntry,
  WriteTx,
} from '../store/store.ts';

/** A transaction that is told what will be asked of it. */
export interface RememberingTx extends WriteTx {
  /** Asks once for all that the rules will ask of a sale one by one: mostly nothing of it is there. */
  expectSale(traces: SaleTraces): Promise<void>;
}

/**
 * The same transaction, which asks the store once for what the rules of the journals ask for with every row: heads, devices, settled
 * targets, what a sale may have left before it came, and the entries that it stored itself. What it writes it remembers too, so the answers are those of the store.
 */
export function rememberTx(tx: WriteTx): RememberingTx {
  passOnTheRest(tx);
  return new Remembering(tx) as unknown as RememberingTx;
}

type AnyAct = (...args: unknown[]) => unknown;

/**
 * What is not remembered goes to the transaction, which also knows when it is over. Made once, and part of no transaction: objects of one
 * shape are called much faster than each with a prototype of its own.
 */
function passOnTheRest(tx: WriteTx): void {
  const known = Remembering.prototype as unknown as Record<string, AnyAct>;
  for (const name of Object.keys(tx)) {
    known[name] ??= function (this: Remembering, ...args) {
      return (this.tx as unknown as Record<string, AnyAct>)[name]?.(...args);
    };
  }
}

type Remembered =
  | ('head' | 'setHead' | 'device' | 'setCredential' | 'settledBy' | 'settle' | 'cartSold' | 'addSoldCart' | 'document')
  | ('putDocument' | 'insertEntry' | 'entry' | 'entriesFrom' | 'quarantineEntry' | 'reflagEntry');

class Remembering implements Pick<RememberingTx, Remembered | 'expectSale'> {
  readonly tx: WriteTx;
  readonly #heads = new Map<DeviceId, Head | undefined>();
  readonly #devices = new Map<DeviceId, StoredDevice>();
  readonly #settled = new Map<string, EntryId | undefined>();
  /** Carts and drafts of which nothing is stored. */
  readonly #absent = new Set<string>();
  readonly #own = new Map<EntryId, JournalChange>();
  readonly #ids = new Map<string, EntryId>();

  constructor(tx: WriteTx) {
    this.tx = tx;
  }

  async expectSale(traces: SaleTraces): Promise<void> {
    if (await this.tx.hasTraces(traces)) return;
    for (const cart of traces.carts) this.#absent.add(cartKey(traces.scope, cart));
    this.#absent.add(documentKey('drafts', traces.draft));
    this.#settled.set(traces.target, undefined);
  }

  async head(deviceId: DeviceId): Promise<Head | undefined> {
    if (!this.#heads.has(deviceId)) this.#heads.set(deviceId, await this.tx.head(deviceId));
    return this.#heads.get(deviceId);
  }

  async setHead(deviceId: DeviceId, head: Head): Promise<void> {
    this.#heads.delete(deviceId);
    await this.tx.setHead(deviceId, head);
  }

  async device(id: DeviceId): Promise<StoredDevice | undefined> {
    const known = this.#devices.get(id) ?? (await this.tx.device(id));
    if (known) this.#devices.set(id, known);
    return known;
  }

  async setCredential(id: DeviceId, hash: string): Promise<void> {
    this.#devices.delete(id);
    await this.tx.setCredential(id, hash);
  }

  async settledBy(target: string): Promise<EntryId | undefined> {
    if (!this.#settled.has(target)) this.#settled.set(target, await this.tx.settledBy(target));
    return this.#settled.get(target);
  }

  async settle(target: string, by: EntryId): Promise<void> {
    this.#settled.delete(target);
    await this.tx.settle(target, by);
  }

  async cartSold(scope: Scope, cartId: string): Promise<boolean> {
    return !this.#absent.has(cartKey(scope, cartId)) && (await this.tx.cartSold(scope, cartId));
  }

  async addSoldCart(scope: Scope, cartId: string, entry: EntryId): Promise<void> {
    this.#absent.delete(cartKey(scope, cartId));
    await this.tx.addSoldCart(scope, cartId, entry);
  }

  async document(...[collection, id]: Parameters<ReadTx['document']>): Promise<StoredDocument | undefined> {
    return this.#absent.has(documentKey(collection, id)) ? undefined : this.tx.document(collection, id);
  }

  async putDocument(...[collection, document]: Parameters<WriteTx['putDocument']>): Promise<number> {
    this.#absent.delete(documentKey(collection, document.id));
    return this.tx.putDocument(collection, document);
  }

  async insertEntry(entry: StoredEntry): Promise<number> {
    const seq = await this.tx.insertEntry(entry);
    this.#own.set(entry.id, { ...entry, seq });
    this.#ids.set(`${entry.deviceId} ${entry.entrySeq}`, entry.id);
    return seq;
  }

  async entry(id: EntryId): Promise<JournalChange | undefined> {
    return this.#own.get(id) ?? (await this.tx.entry(id));
  }

  async entriesFrom(deviceId: DeviceId, from: number, limit: number): Promise<readonly JournalChange[]> {
    const first = this.#run(deviceId, from, limit);
    if (first.length === limit) return first;
    return [...first, ...(await this.tx.entriesFrom(deviceId, from + first.length, limit - first.length))];
  }

  async quarantineEntry(...[id, reason]: Parameters<WriteTx['quarantineEntry']>): Promise<void> {
    this.#own.delete(id);
    await this.tx.quarantineEntry(id, reason);
  }

  async reflagEntry(...[id, flags]: Parameters<WriteTx['reflagEntry']>): Promise<void> {
    this.#own.delete(id);
    await this.tx.reflagEntry(id, flags);
  }

  /** Entries of one device that were stored here, from a place on, without a gap. */
  #run(deviceId: DeviceId, from: number, limit: number): JournalChange[] {
    const at = (seq: number) => this.#own.get(this.#ids.get(`${deviceId} ${seq}`) as EntryId);
    const found: JournalChange[] = [];
    for (let next = at(from); next && found.length < limit; next = at(from + found.length)) found.push(next);
    return found;
  }
}

function cartKey(scope: Scope, cartId: string): string {
  return `cart ${scope} ${cartId}`;
}

function documentKey(collection: string, id: string): string {
  return `${collection} ${id}`;
}
