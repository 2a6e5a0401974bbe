import type { DraftId } from '../../schema/draft.ts';
import type { EntryId } from '../../schema/ids.ts';
import { MOVE_LINES_MAX } from '../../schema/limits.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { type CountResult, countResults } from '../../schema/stock/stocktake.ts';
import type { DraftOp } from '../drafts/draft-content.ts';
import { addPlaceOp, readSheet, SHEET_FIELDS, SHEET_NAME_MAX, SHEET_NOTES_MAX } from '../drafts/sheet-draft.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { DraftBook } from '../store/draft-book.ts';
import type { StockBook } from '../store/stock-book.ts';
import type { SellFault, Till } from './device.ts';
import type { HoldFault } from './drafts.ts';
import { type FollowDeps, followEntries } from './follow-entries.ts';
import type { Live } from './live.ts';
import { COUNT_WISH, readCounts } from './read-counts.ts';
import type { Stocktakes } from './stocktakes.ts';

export interface StocktakesDeps extends FollowDeps {
  readonly identity: Pick<DeviceIdentity, 'till'>;
  readonly draftBook: DraftBook;
  readonly stockBook: Pick<StockBook, 'explain'>;
  readonly company: Pick<CompanyBook, 'person'>;
  readonly till: Pick<Till, 'record' | 'adjust'>;
  readonly version: Live<number>;
  readonly clock: () => number;
  /** Server time that has passed for certain, as far as this device ever heard. In milliseconds since 1970. */
  readonly passed: () => number;
  readonly newId: () => string;
}

/** The stocktakes of one open device. */
export function createStocktakes(deps: StocktakesDeps): Stocktakes {
  const { draftBook: book, identity } = deps;
  const follower = followEntries(deps, COUNT_WISH);
  const write = async (id: DraftId, ops: readonly DraftOp[], discards = false): Promise<Result<null, HoldFault>> => {
    if (!deps.active.get()) return fail('not-active');
    const written = book.change(id, ops, identity.till, { kind: 'sheet', discards });
    return written.then(
      () => ok(null),
      () => fail('not-written' as const),
    );
  };
  const set = (id: DraftId, field: keyof typeof SHEET_FIELDS, value: unknown) =>
    write(id, [{ op: 'set', field: SHEET_FIELDS[field], value }]);
  const sheet = (id: DraftId) => {
    const draft = book.draft(id);
    return draft ? readSheet(draft) : null;
  };
  const read = (id: DraftId) => readCounts(follower, id, sheet(id)?.after ?? deps.passed());
  const results = async (id: DraftId): Promise<readonly CountResult[]> => {
    const { lines, moves } = await read(id);
    return [...countResults(id, lines, moves)].sort(
      (left, right) => Math.abs(right.correction) - Math.abs(left.correction),
    );
  };
  return {
    version: deps.version,
    sheets: () => book.drafts().flatMap((draft) => readSheet(draft) ?? []),
    begin: async (name) => {
      const id = deps.newId() as DraftId;
      const fields = { name: cut(name, SHEET_NAME_MAX), begunAt: deps.clock(), after: deps.passed() };
      const done = await write(
        id,
        Object.entries(fields).map(([field, value]) => ({ op: 'set', field, value })),
      );
      return done.ok ? ok(id) : done;
    },
    note: (id, text) => set(id, 'notes', cut(text, SHEET_NOTES_MAX)),
    addPlace: (id, name) => write(id, [addPlaceOp(deps.newId(), name, sheet(id)?.places ?? [])]),
    assign: (id, key, person) => write(id, [{ op: 'field', key, field: 'person', value: person }]),
    removePlace: (id, key) => write(id, [{ op: 'remove', key }]),
    setClosed: (id, closed) => {
      const by = deps.company.person.get()?.person;
      return set(id, 'closed', closed && by ? { at: deps.clock(), by } : null);
    },
    discard: (id) => write(id, [{ op: 'set', field: SHEET_FIELDS.discarded, value: true }], true),
    restore: (id) => set(id, 'discarded', false),
    count: (id, { productId, counted, place }) => {
      const { onHand: expected, parts } = deps.stockBook.explain(productId);
      const seen = Object.fromEntries(parts.map(({ deviceId, seq }) => [deviceId, seq]));
      const lines = [{ productId, counted, expected }] as never;
      return deps.till.record('count', { sheet: id, lines, seen, ...(place ? { place } : {}) });
    },
    counts: async (id) => (await read(id)).lines,
    results,
    correct: (id, asked, approval) => correct(deps, { id, name: sheet(id)?.name ?? '', asked, approval }),
  };
}

/** Fewer entries than products: as many lines in each as one may have. */
async function correct(
  { till }: StocktakesDeps,
  wish: { id: DraftId; name: string; asked: readonly CountResult[]; approval: EntryId | null },
): Promise<Result<readonly EntryId[], SellFault>> {
  const lines = wish.asked.flatMap(({ productId, correction }) =>
    correction === 0 ? [] : [{ productId, delta: correction }],
  );
  const written: EntryId[] = [];
  for (let from = 0; from < lines.length; from += MOVE_LINES_MAX) {
    const some = lines.slice(from, from + MOVE_LINES_MAX) as never;
    const approval = wish.approval ? { approval: wish.approval } : {};
    const done = await till.adjust({ reason: wish.name || 'stocktake', sheet: wish.id, lines: some, ...approval });
    if (!done.ok) return done;
    written.push(done.value.id);
  }
  return ok(written);
}

function cut(text: string, length: number): string {
  return text.trim().slice(0, length).toWellFormed();
}
