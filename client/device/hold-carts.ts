import { type CartId, splitEntryId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import type { Cart } from '../../schema/receipt.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { cartOps, type KeyedCart, readCart, sameCart } from '../drafts/cart-draft.ts';
import { type DraftOp, EMPTY_CONTENT } from '../drafts/draft-content.ts';
import type { BranchJournal } from '../store/branch-journal.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { DraftBook, KnownDraft } from '../store/draft-book.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import type { CartPlace, HeldCart, HeldCarts, HoldFault, MergedCart, PaidElsewhere, SoldTwice } from './drafts.ts';
import { DISCARDED, HELD_NAME_MAX, heldCart, leftOver, mergedCart, NAME, PLACE, payerOf } from './held-cart.ts';
import { createLive, type Live } from './live.ts';

export interface HoldCartsDeps {
  readonly draftBook: DraftBook;
  readonly journal: Pick<Journal, 'index'>;
  readonly branchJournal: Pick<BranchJournal, 'find' | 'version'>;
  readonly company: Pick<CompanyBook, 'devices'>;
  readonly findings: Findings;
  readonly identity: DeviceIdentity;
  readonly active: Live<boolean>;
  /** A new number after each own entry. */
  readonly version: Live<number>;
  readonly clock: () => number;
  readonly newId: () => string;
}

/** What the facade gives, and the way to end it. */
export function createHeldCarts(deps: HoldCartsDeps): { readonly carts: HeldCarts; readonly stop: () => void } {
  const { draftBook: book, identity } = deps;
  const list = createLive<readonly HeldCart[]>([]);
  const merged = createLive<MergedCart | null>(null);
  const paidElsewhere = createLive<PaidElsewhere | null>(null);
  const soldTwice = createLive<readonly SoldTwice[]>([]);
  /** The held cart that is open here, as the screen shows it. */
  let shown: KeyedCart | null = null;
  let pending = 0;
  const isSold = (id: CartId) => deps.journal.index.isSold(id);
  const isPaidElsewhere = (id: CartId) => {
    const draft = book.draft(id);
    return draft?.ending?.how === 'paid' && payerOf(draft) !== identity.deviceId;
  };
  const write = async (id: CartId, ops: readonly DraftOp[], discards = false): Promise<Result<null, HoldFault>> => {
    if (!deps.active.get()) return fail('not-active');
    try {
      await book.change(id, ops, identity.till, { discards });
      return ok(null);
    } catch {
      return fail('not-written');
    }
  };
  const placed = (state: CartPlace['state']): DraftOp => {
    const { deviceId: device, till } = identity;
    return { op: 'set', field: PLACE, value: { state, device, till, at: deps.clock() } satisfies CartPlace };
  };
  const keyed = (id: CartId) => readCart(id, book.draft(id)?.content ?? EMPTY_CONTENT);
  /** What others made of the open cart since; never while a change made here is on its way to the disk. */
  const merge = () => {
    if (shown === null || pending > 0 || !book.draft(shown.cart.cartId)) return;
    const next = keyed(shown.cart.cartId);
    const news = mergedCart(shown, next);
    shown = next;
    const held = merged.get();
    const isSame = held && sameCart(held.cart, news.cart) && JSON.stringify(held.marks) === JSON.stringify(news.marks);
    if (!isSame) merged.set(news);
  };
  const steps = async (id: CartId, ops: readonly DraftOp[]) => {
    pending += 1;
    const { ok: isWritten } = await write(id, ops);
    pending -= 1;
    // What did not get to the disk is found anew by the next change.
    if (!isWritten && pending === 0) shown = keyed(id);
    else merge();
  };
  const lookAtOpen = createOpenLook(deps, () => shown?.cart ?? null, paidElsewhere);
  const look = () => {
    list.set(book.drafts().flatMap((draft) => heldCart(draft, isSold) ?? []));
    merge();
    lookAtOpen();
    void reportSoldTwice(deps, book.drafts());
    soldTwice.set(deps.findings.open.get().flatMap(noticeOf));
  };
  const follow = (cart: Cart) => {
    const { cartId } = cart;
    if (!book.draft(cartId) || isSold(cartId)) {
      shown = null;
      merged.set(null);
      lookAtOpen();
      return;
    }
    const isOpened = shown?.cart.cartId !== cartId;
    const before = isOpened || shown === null ? keyed(cartId) : shown;
    const { ops, keyed: after } = cartOps(before, cart, deps.newId);
    // Opened again after a reload: what others did meanwhile stands, and what only this screen has joins it.
    const own = isOpened ? ops.filter(({ op }) => op === 'add') : ops;
    shown = after;
    if (own.length > 0) void steps(cartId, own);
    else if (isOpened) merge();
    lookAtOpen();
  };
  const hold: HeldCarts['hold'] = async (cart, name) => {
    if (cart.lines.length === 0) return fail('empty-cart');
    const { cartId } = cart;
    const { ops } = cartOps(shown?.cart.cartId === cartId ? shown : keyed(cartId), cart, deps.newId);
    const named: DraftOp = { op: 'set', field: NAME, value: name.trim().slice(0, HELD_NAME_MAX) };
    const written = await write(cartId, [
      ...ops,
      named,
      placed('parked'),
      { op: 'set', field: DISCARDED, value: false },
    ]);
    if (written.ok) shown = null;
    return written;
  };
  const carts: HeldCarts = {
    ...{ list, merged, paidElsewhere, soldTwice, hold, follow, isPaidElsewhere },
    takeOver: async (id) => {
      if (!list.get().some((held) => held.id === id)) return fail('gone');
      const written = await write(id, [placed('open')]);
      return written.ok ? ok(keyed(id).cart) : written;
    },
    paying: async (id, on) => {
      if (book.draft(id)) await write(id, [placed(on ? 'paying' : 'open')]);
    },
    looked: async (index) => {
      const line = shown?.lines[index];
      if (shown && line) await steps(shown.cart.cartId, [{ op: 'keep', key: line.key }]);
    },
    discard: async (id) => {
      const draft = book.draft(id);
      if (!draft) return fail('gone');
      const removed = draft.content.rows.map(({ key }): DraftOp => ({ op: 'remove', key }));
      return write(id, [...removed, { op: 'set', field: DISCARDED, value: true }], true);
    },
    restore: ({ cart, name }) => hold(cart, name),
    leftAfter: (id, sold) => leftOver(keyed(id).cart, sold),
    settle: async ({ finding }) => {
      await deps.findings.settle(finding);
      look();
    },
  };
  const stops = [book.version, deps.version, deps.branchJournal.version, deps.findings.open].map((live) =>
    live.subscribe(look),
  );
  look();
  return {
    carts,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

/** Follows whether the cart open here was paid elsewhere, and what of it is not in that sale. */
function createOpenLook(
  { draftBook, branchJournal, company, identity, journal }: HoldCartsDeps,
  open: () => Cart | null,
  told: { get(): PaidElsewhere | null; set(value: PaidElsewhere | null): void },
): () => void {
  const tell = (next: PaidElsewhere | null) => {
    if (JSON.stringify(next) !== JSON.stringify(told.get())) told.set(next);
  };
  return () => {
    const cart = open();
    const draft = cart && draftBook.draft(cart.cartId);
    const entry = draft?.ending?.entry;
    if (!cart || !draft || draft.ending?.how !== 'paid' || journal.index.isSold(cart.cartId)) return tell(null);
    const payer = payerOf(draft);
    if (payer === identity.deviceId) return tell(null);
    const till = company.devices.get().find(({ device }) => device === payer)?.till;
    const found = entry === undefined ? Promise.resolve(undefined) : branchJournal.find(entry);
    void found.then((row) => {
      if (open()?.cartId !== cart.cartId) return;
      const body = row?.entry?.body as { receipt?: string; lines?: Cart['lines'] } | undefined;
      const left = body?.lines ? leftOver(cart, body.lines) : null;
      tell({ id: cart.cartId, till, receipt: body?.receipt, left });
    });
  };
}

/** Two took the money, one of them here: it is written down until a person has seen it. */
async function reportSoldTwice({ findings, identity }: HoldCartsDeps, drafts: readonly KnownDraft[]): Promise<void> {
  for (const { id, ending } of drafts) {
    const entries = [...(ending?.entry ? [ending.entry] : []), ...(ending?.again ?? [])];
    const isHere =
      identity.role === 'manager' || entries.some((entry) => splitEntryId(entry).deviceId === identity.deviceId);
    if (entries.length < 2 || !isHere) continue;
    await findings.report('sold-twice', id, { entries }).catch(() => undefined);
  }
}

function noticeOf({
  id,
  kind,
  about,
  detail,
}: {
  id: string;
  kind: string;
  about: string;
  detail: object;
}): SoldTwice[] {
  const { entries } = detail as { entries?: SoldTwice['entries'] };
  return kind === 'sold-twice' && entries ? [{ finding: id, cart: about as CartId, entries }] : [];
}
