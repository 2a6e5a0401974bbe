import type { EntryId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import { fail } from '../../schema/result.ts';
import { goodsMoved } from '../../schema/stock/effect.ts';
import { stockCauses } from '../../schema/stock/stock-causes.ts';
import { undoOf } from '../../schema/stock/undo-move.ts';
import type { CatalogueBook } from '../store/catalogue.ts';
import type { CompanyBook } from '../store/company-book.ts';
import { isTold, type KeptMovement, type MovementBook, type MovementEntry } from '../store/movement-book.ts';
import type { StockBook } from '../store/stock-book.ts';
import { causedMoves, heldWhole, readCausedMoves } from './caused-moves.ts';
import type { SilentTill, Till } from './device.ts';
import type { Live } from './live.ts';
import { type Movement, type MovementFilter, type Movements, STEPS_DAYS_MAX } from './movements.ts';
import { type HistoryDeps, readHistory } from './product-history.ts';
import { serverCosts } from './server-costs.ts';
import { type ServerHistoryDeps, serverHistory } from './server-history.ts';
import { cameFromBranch, costLayers, stockValue } from './stock-value.ts';

export interface MovementsDeps extends HistoryDeps, ServerHistoryDeps {
  readonly identity: DeviceIdentity;
  readonly movementBook: MovementBook;
  readonly company: Pick<CompanyBook, 'devices'>;
  readonly catalogue: Pick<CatalogueBook, 'all'>;
  readonly stockBook: Pick<StockBook, 'onHand' | 'explain'>;
  readonly till: Pick<Till, 'adjust' | 'safety'>;
  readonly silent: Live<readonly SilentTill[]>;
  readonly online: () => boolean;
  /** From when on all that arrived is kept here, by the server's time. */
  readonly heldSince: () => number;
  /** The shop's day now. */
  readonly today: () => string;
}

/** Suppliers offered again. */
const SUPPLIERS_MAX = 50;

/** The movements of stock, as one open device knows them. */
export function createMovements(deps: MovementsDeps): Movements {
  const { movementBook: book, till } = deps;
  const entries = () => book.all().flatMap((kept) => (isTold(kept.entry) ? [] : [{ ...kept, entry: kept.entry }]));
  const undone = () =>
    new Map(
      entries().flatMap(({ entry }) =>
        entry.kind === 'adjust' && entry.body.undoes ? [[entry.body.undoes, entry.id] as const] : [],
      ),
    );
  const list = (filter: MovementFilter, limit: number): readonly Movement[] => {
    const takenBack = undone();
    const found = entries().filter(({ entry }) => matches(entry, filter));
    return found.slice(0, limit).map((kept) => movementOf(deps, kept, takenBack));
  };
  const layers = remembered(book.version, () => costLayers(entries(), undone()));
  return {
    version: book.version,
    list: async (filter, limit) => {
      await book.readAll();
      return list(filter, limit);
    },
    undo: async (id, reason, approval) => {
      const kept = entries().find((one) => one.entry.id === id);
      const body = kept && !undone().has(id) ? undoOf(kept.entry) : null;
      return body ? till.adjust({ ...body, reason, ...(approval ? { approval } : {}) }) : fail({ code: 'no-undo' });
    },
    history: async (product, days) => {
      const told =
        days > STEPS_DAYS_MAX && deps.online() ? await serverHistory(deps, product, days, deps.today()) : null;
      return told ? { ...told, silent: [] } : readHistory(deps, product, days, []);
    },
    usuallySold: async (product) => (await readHistory(deps, product, 1, deps.silent.get())).silent,
    causes: async (product) => {
      if (deps.identity.role === 'till') return null;
      await book.readAll();
      const moves = book.isWhole() ? causedMoves(book, product) : await readCausedMoves(deps, product);
      return stockCauses(deps.stockBook.explain(product), moves, heldWhole(deps));
    },
    costs: async (product) => {
      await book.readAll();
      return layers().get(product) ?? [];
    },
    value: async () => {
      await book.readAll();
      const here = stockValue(deps, layers());
      const isAsked = deps.online() && here.unknown.some((product) => layers().get(product)?.some(cameFromBranch));
      return isAsked ? stockValue(deps, layers(), await serverCosts(deps.http, deps.today())) : here;
    },
    suppliers: () => {
      const named = entries().flatMap(({ entry }) => (entry.kind === 'receive' ? (entry.body.supplier ?? []) : []));
      return [...new Set(named)].slice(0, SUPPLIERS_MAX);
    },
  };
}

function matches(entry: MovementEntry, { kind, product }: MovementFilter): boolean {
  if (kind !== undefined && entry.kind !== kind) return false;
  return product === undefined || entry.body.lines.some(({ productId }) => productId === product);
}

type Kept = Omit<KeptMovement, 'entry'> & { readonly entry: MovementEntry };

function movementOf(
  { company, till }: MovementsDeps,
  { deviceId, entry, isOwn }: Kept,
  takenBack: ReadonlyMap<EntryId, EntryId>,
): Movement {
  const undoneBy = takenBack.get(entry.id);
  return {
    ...{ id: entry.id, kind: entry.kind, at: entry.at, person: entry.person, entry, lines: linesOf(entry), undoneBy },
    till: company.devices.get().find((doc) => doc.device === deviceId)?.till,
    safety: isOwn ? till.safety(entry.id) : 'server',
    undoes: entry.kind === 'adjust' ? entry.body.undoes : undefined,
    canUndo: undoneBy === undefined && undoOf(entry) !== null,
  };
}

function linesOf(entry: MovementEntry): Movement['lines'] {
  switch (entry.kind) {
    case 'count':
      return entry.body.lines.map(({ productId, counted }) => ({ productId, units: counted }));
    case 'receive':
      return entry.body.lines.map(({ productId, quantity, unitCost }) => ({
        ...{ productId, units: quantity },
        ...(unitCost === undefined ? {} : { unitCost }),
      }));
    case 'waste':
      return entry.body.lines.map(({ productId, quantity }) => ({ productId, units: -quantity }));
    default:
      return goodsMoved(entry).map(({ productId, delta }) => ({ productId, units: delta }));
  }
}

/** Computed once per version. */
function remembered<Value>(version: Live<number>, make: () => Value): () => Value {
  let held: { readonly at: number; readonly value: Value } | null = null;
  return () => {
    const at = version.get();
    if (held?.at !== at) held = { at, value: make() };
    return held.value;
  };
}
