import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { type BranchId, type DeviceId, type EntryId, type ProductId, splitEntryId } from '../../schema/ids.ts';
import type { StockDelta } from '../../schema/protocol/live.ts';
import { isAccount } from '../../schema/stock/account.ts';
import { emptyStock, type Stock, stockId } from '../../schema/stock/counter.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import { joinStock } from '../../schema/stock/join.ts';
import { explainOnHand, type OnHand, type OwnEffect } from '../../schema/stock/on-hand.ts';
import { isShare } from '../../schema/stock/share.ts';
import { createLive, type Live } from '../device/live.ts';

/**
 * Merged stock in memory: every stock document joined with all that was heard of it, and the effects of own entries. What is
 * handed to the disk comes from here, whole, so that no partial document ever replaces other devices' counters.
 */
export interface StockBook {
  readonly version: Live<number>;
  /** Forgets everything and begins with these documents. */
  load(stocks: readonly Stock[]): void;
  /** The same with documents that are in memory, looked through when somebody first asks for one, or page by page before. */
  begin(pages: () => Iterable<readonly Stock[]>): void;
  /** Looks through one page more of these; false when there is none left. */
  readSome(): boolean;
  /** Forgets documents that the server's history does not have; own entries go on counting. */
  remove(ids: readonly string[]): void;
  /** Joins documents and gives back the wholes that result, in the same order. */
  join(stocks: readonly Stock[]): Stock[];
  /** Joins one device's counter; null when the document it belongs to is not held, so that a pull must bring it. */
  joinDelta(delta: StockDelta): Stock | null;
  /** Counts an own entry, as long as no counter covers it. */
  addOwn(entry: DeviceEntry): void;
  /** The server could not read these own entries, or counts them under a fork's id: they move no stock by themselves. */
  quarantine(ids: readonly EntryId[]): void;
  /** True for an own entry that moves no stock by itself. */
  isQuarantined(seq: number): boolean;
  onHand(id: ProductId): number;
  explain(id: ProductId): OnHand;
  /** Products below nothing. */
  below(): readonly ProductId[];
}

export function createStockBook(owner: { readonly deviceId: DeviceId; readonly branch: BranchId }): StockBook {
  const read = new Map<string, Stock>();
  let unread: Iterator<readonly Stock[], void> | null = null;
  const readSome = (): boolean => {
    const page = unread?.next().value;
    if (!page) unread = null;
    for (const stock of page ?? []) read.set(stock.id, stock);
    return unread !== null;
  };
  const stocks = (): Map<string, Stock> => {
    while (readSome());
    return read;
  };
  const own = new Map<ProductId, OwnEffect[]>();
  /** Own entries that are in: what is written while the journal is read anew is told twice. */
  const counted = new Set<number>();
  const quarantined = new Set<number>();
  const known = new Map<ProductId, number>();
  const version = createLive(0);
  const touch = () => version.set(version.get() + 1);
  const explain = (id: ProductId): OnHand => {
    const effects = (own.get(id) ?? []).filter(({ seq }) => !quarantined.has(seq));
    return explainOnHand(stocks().get(stockId(owner.branch, id)), owner.deviceId, effects);
  };
  const joinOne = (stock: Stock): Stock => {
    const held = stocks().get(stock.id);
    const joined = held ? joinStock(held, stock) : stock;
    stocks().set(stock.id, joined);
    known.delete(stock.productId);
    return joined;
  };
  const join = (list: readonly Stock[]): Stock[] => {
    const joined = list.map(joinOne);
    touch();
    return joined;
  };
  /** What one more effect does to a known sum: a product sold all day must not be summed up anew at each sale. */
  const move = (id: ProductId, effect: OwnEffect): void => {
    const sum = known.get(id);
    if (sum === undefined) return;
    const covered = stocks().get(stockId(owner.branch, id))?.counters[owner.deviceId]?.seq ?? 0;
    if (effect.seq <= covered || quarantined.has(effect.seq)) known.delete(id);
    else known.set(id, sum + effect.in - effect.out);
  };
  const onHand = (id: ProductId): number => {
    const cached = known.get(id);
    if (cached !== undefined) return cached;
    const sum = explain(id).onHand;
    known.set(id, sum);
    return sum;
  };
  const begin = (pages: () => Iterable<readonly Stock[]>) => {
    for (const held of [read, own, counted, known]) held.clear();
    unread = pagesOnce(pages);
    touch();
  };
  return {
    version,
    load: (loaded) => begin(() => [loaded]),
    begin,
    readSome,
    remove: (ids) => {
      for (const id of ids) stocks().delete(id);
      known.clear();
      touch();
    },
    join,
    joinDelta: (delta) => {
      const partial = deltaStock(owner.branch, stocks().get(stockId(owner.branch, delta.productId)), delta);
      return partial && (join([partial])[0] ?? null);
    },
    addOwn: (entry) => {
      if (counted.has(entry.seq)) return;
      counted.add(entry.seq);
      for (const { productId, ...effect } of stockEffects(entry)) {
        const effects = own.get(productId);
        if (effects) effects.push({ seq: entry.seq, ...effect });
        else own.set(productId, [{ seq: entry.seq, ...effect }]);
        move(productId, { seq: entry.seq, ...effect });
      }
      touch();
    },
    quarantine: (ids) => {
      for (const { deviceId, seq } of ids.map(splitEntryId)) if (deviceId === owner.deviceId) quarantined.add(seq);
      known.clear();
      touch();
    },
    isQuarantined: (seq) => quarantined.has(seq),
    onHand,
    explain,
    below: () => {
      const moved = new Set([...[...stocks().values()].map(({ productId }) => productId), ...own.keys()]);
      return [...moved].filter((id) => !isAccount(id) && !isShare(id) && onHand(id) < 0);
    },
  };
}

/** They are asked for with the first of them. */
function* pagesOnce(pages: () => Iterable<readonly Stock[]>): Iterator<readonly Stock[], void> {
  yield* pages();
}

/** A document that holds the delta's counter alone, of the generation the delta is of. Only a first generation has an empty base. */
function deltaStock(branch: BranchId, held: Stock | undefined, delta: StockDelta): Stock | null {
  const { epoch, n, productId, deviceId, counter } = delta;
  if (held === undefined && n !== 1) return null;
  if (held && (held.epoch !== epoch || held.n !== n)) return null;
  return { ...(held ?? emptyStock(branch, productId, epoch)), counters: { [deviceId]: counter } };
}
