import type { DeviceEntryKind } from '../../schema/entry/entry.ts';
import type { EntryId, ProductId } from '../../schema/ids.ts';
import { SHARE_PRODUCTS_MAX } from '../../schema/limits.ts';
import { type SharesAnswer, sharesAnswerShape } from '../../schema/protocol/shares.ts';
import { quantity } from '../../schema/quantity.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { shareToReturn } from '../../schema/stock/share-out.ts';
import type { CatalogueBook } from '../store/catalogue.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { EntryOf, Journal } from '../store/journal.ts';
import { createMutex } from '../store/mutex.ts';
import type { StockBook } from '../store/stock-book.ts';
import type { Http } from '../sync/http.ts';
import type { SyncBoard } from '../sync/sync-board.ts';
import type { Till } from './device.ts';
import type { Cancel, Timers } from './device-deps.ts';
import type { Live } from './live.ts';
import type { AskFault } from './shares.ts';
import type { TillShares } from './till-shares.ts';

/** The server is asked so often where nothing is wanting, so that it knows who is there and unused shares go round. In milliseconds. */
const ASK_EVERY_MS = 60_000;
/** And so often where this till has little or more than its part, or others have to report first. */
const ASK_AGAIN_MS = 20_000;
/** Takings-over and returns that are looked through for the allotment that a return names. */
const LOOK_BACK_MAX = 100;

export interface ShareKeeperDeps {
  readonly shares: TillShares;
  readonly catalogue: Pick<CatalogueBook, 'limited' | 'version'>;
  readonly stockBook: Pick<StockBook, 'version' | 'isQuarantined'>;
  readonly company: Pick<CompanyBook, 'person'>;
  readonly journal: Pick<Journal, 'index' | 'read' | 'catchUp'>;
  readonly record: Till['record'];
  readonly http: Http;
  readonly board: SyncBoard;
  readonly timers: Timers;
  readonly clock: () => number;
  readonly active: Live<boolean>;
}

/** Keeps this till's shares: asks, takes over, gives back. */
export interface ShareKeeper {
  askNow(id: ProductId, need: number): Promise<Result<null, AskFault>>;
  stop(): void;
}

type ShareMove = EntryOf<'allotment-received'> | EntryOf<'allotment-returned'>;
const MOVES: ReadonlySet<DeviceEntryKind> = new Set<ShareMove['kind']>(['allotment-received', 'allotment-returned']);

type Told = SharesAnswer['products'][number];

export function createShareKeeper(deps: ShareKeeperDeps): ShareKeeper {
  const { shares, catalogue, board, active, clock } = deps;
  const inTurn = createMutex();
  const told = new Map<ProductId, Told>();
  let awaited = 0;
  /** Device clock at the last answer since it came online; null before. */
  let askedAt: number | null = null;
  let busy = false;
  let cancel: Cancel | null = null;

  const isUneven = (id: ProductId): boolean => {
    const last = told.get(id);
    const held = shares.held(id);
    return last === undefined || held * 2 <= last.fair || held > last.fair;
  };
  const pauseMs = () => (awaited > 0 || [...catalogue.limited()].some(isUneven) ? ASK_AGAIN_MS : ASK_EVERY_MS);
  const canAsk = () => {
    const { connection, waitingEntries } = board.status.get();
    return active.get() && connection === 'online' && waitingEntries === 0;
  };
  const wants = () => catalogue.limited().size > 0 || told.size > 0;
  const ask = async (need: ReadonlyMap<ProductId, number>): Promise<boolean> => {
    const through = deps.journal.index.head().seq;
    const ids = [...new Set([...need.keys(), ...catalogue.limited()])].slice(0, SHARE_PRODUCTS_MAX);
    const products = ids.map((productId) => {
      const units = need.get(productId);
      return units === undefined ? { productId } : { productId, need: units };
    });
    const answer = await deps.http.request('POST', '/api/v1/shares', { through, products }, sharesAnswerShape);
    if (!answer.ok || !active.get()) return false;
    askedAt = clock();
    awaited = answer.value.awaited;
    for (const product of answer.value.products) told.set(product.productId, product);
    await takeOver(deps, through, answer.value.open);
    await giveBack(deps, told);
    return true;
  };
  const later = (ms: number) => {
    cancel?.();
    cancel = deps.timers.after(ms, () => {
      cancel = null;
      look();
    });
  };
  /** Revoked, this till is given nothing any more: what it holds is for the others, by its own last entries. */
  const giveUp = () => {
    if (busy || !active.get() || ![...catalogue.limited()].some((id) => shares.held(id) > 0)) return;
    busy = true;
    void inTurn(() => giveBackAll(deps))
      .catch(() => undefined)
      .then(() => {
        busy = false;
      });
  };
  const look = () => {
    if (board.status.get().revoked) return giveUp();
    if (board.status.get().connection !== 'online') askedAt = null;
    if (busy || !wants() || !canAsk()) return;
    const waitMs = askedAt === null ? 0 : askedAt + pauseMs() - clock();
    // A clock that was set back must not silence the till.
    if (waitMs > 0 && waitMs <= ASK_EVERY_MS) return later(waitMs);
    busy = true;
    void inTurn(() => ask(new Map()))
      .catch(() => false)
      .then((isAnswered) => {
        busy = false;
        later(isAnswered ? pauseMs() : ASK_AGAIN_MS);
      });
  };
  const askNow: ShareKeeper['askNow'] = (id, need) =>
    inTurn(async () => {
      if (board.status.get().connection !== 'online') return fail('offline');
      shares.reserve(id, need);
      if (!(await ask(new Map([[id, need]])))) return fail('offline');
      if (shares.held(id) >= need) return ok(null);
      if (awaited > 0) return fail('awaiting');
      return fail(told.get(id)?.free === 0 ? 'none-free' : 'not-sent');
    });
  const stops = [board.status, catalogue.version, deps.stockBook.version, deps.company.person, active].map((live) =>
    live.subscribe(look),
  );
  look();
  return {
    askNow,
    stop: () => {
      cancel?.();
      for (const stop of stops) stop();
    },
  };
}

/**
 * What the server says waits here is taken over by an entry each. It says so only when it has the journal up to `through`; was
 * something taken over behind that, by another tab, it says so again.
 */
async function takeOver(
  { journal, record }: ShareKeeperDeps,
  through: number,
  open: SharesAnswer['open'],
): Promise<void> {
  await journal.catchUp();
  if (journal.index.after(through).some(({ kind }) => kind === 'allotment-received')) return;
  for (const share of open) await record('allotment-received', share);
}

/** Gives back what is beyond this till's part, or of no use: nothing that a cart which is being paid needs. */
async function giveBack(deps: ShareKeeperDeps, told: Map<ProductId, Told>): Promise<void> {
  const { shares, record } = deps;
  for (const [id, { free, fair }] of [...told]) {
    const held = shares.held(id);
    const isLimited = shares.isLimited(id);
    const units = shareToReturn({ held, promised: shares.promised(id), free, fair, isLimited });
    const allotment = units > 0 ? await lastAllotment(deps, id) : undefined;
    if (allotment) await record('allotment-returned', { allotment, productId: id, quantity: quantity(units) });
    if (!isLimited) told.delete(id);
  }
}

async function giveBackAll(deps: ShareKeeperDeps): Promise<void> {
  for (const id of deps.catalogue.limited()) {
    const units = deps.shares.held(id) - deps.shares.promised(id);
    const allotment = units > 0 ? await lastAllotment(deps, id) : undefined;
    if (allotment) await deps.record('allotment-returned', { allotment, productId: id, quantity: quantity(units) });
  }
}

/**
 * The newest allotment of a product that this device took over, as far as its disk still says. None where what it gave back since counts
 * nowhere, as what a copy writes does: the share would be there again, and be given back, for ever (ALT9).
 */
async function lastAllotment({ journal, stockBook }: ShareKeeperDeps, id: ProductId): Promise<EntryId | undefined> {
  const rows = journal.index.after(0).filter(({ kind }) => MOVES.has(kind));
  for (const { seq } of rows.slice(-LOOK_BACK_MAX).reverse()) {
    const entry = (await journal.read(seq, seq))[0] as ShareMove | undefined;
    if (entry?.body.productId !== id) continue;
    if (entry.kind === 'allotment-received') return entry.body.allotment;
    if (stockBook.isQuarantined(seq)) return undefined;
  }
  return undefined;
}
