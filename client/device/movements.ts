import type { DeviceEntry, EntryKind } from '../../schema/entry/entry.ts';
import type { DeviceId, EntryId, PersonId, ProductId, TillCode } from '../../schema/ids.ts';
import type { Result } from '../../schema/result.ts';
import type { CostLayer } from '../../schema/stock/cost.ts';
import type { CauseSum } from '../../schema/stock/stock-causes.ts';
import type { Level } from '../../schema/stock/stock-history.ts';
import type { MovementEntry, MovementKind } from '../store/movement-book.ts';
import type { Safety, SellFault } from './device.ts';
import type { Live } from './live.ts';

/** Something that moved stock without being sold, or counted it. */
export interface Movement {
  readonly id: EntryId;
  readonly kind: MovementKind;
  readonly at: number;
  readonly person: PersonId;
  readonly till: TillCode | undefined;
  readonly safety: Safety;
  readonly entry: MovementEntry;
  /** What it did, per product; of a count what it says is there. In smallest units. */
  readonly lines: readonly { readonly productId: ProductId; readonly units: number; readonly unitCost?: number }[];
  /** The entry that took it back, where one did; what it takes back itself. */
  readonly undoneBy: EntryId | undefined;
  readonly undoes: EntryId | undefined;
  readonly canUndo: boolean;
}

export interface MovementFilter {
  readonly kind?: MovementKind | undefined;
  readonly product?: ProductId | undefined;
}

/** What a till sold of a product, usually, in as long as it has been silent. */
export interface SilentShare {
  readonly device: DeviceId;
  readonly till: TillCode;
  readonly silentMs: number;
  /** Smallest units, rounded. */
  readonly units: number;
}

/** So many days are drawn step by step, from what this device holds: few enough to be read through at once. */
export const STEPS_DAYS_MAX = 7;

/** The stock of one product over time. */
export interface ProductHistory {
  readonly levels: readonly Level[];
  /** Where something else than a sale moved or counted it. */
  readonly marks: readonly { readonly at: number; readonly kind: EntryKind; readonly units: number }[];
  /** What silent tills usually sell meanwhile, where that was asked. */
  readonly silent: readonly SilentShare[];
  /** The server's days or months of all of history, or what this device holds. */
  readonly source: 'server' | 'device';
}

/** The value of what is on hand at cost. */
export interface StockValue {
  readonly total: number;
  /** By category, the greatest value first. */
  readonly categories: readonly { readonly category: string; readonly value: number; readonly unknown: number }[];
  /** Products on hand whose cost nobody wrote down: they are in no figure. */
  readonly unknown: readonly ProductId[];
}

/** What came into this branch's stock and left it without a sale, from journals that are here: offline too. */
export interface Movements {
  /** A new number whenever anything here would answer differently. */
  readonly version: Live<number>;
  /** Newest first; at most `limit`. */
  list(filter: MovementFilter, limit: number): Promise<readonly Movement[]>;
  /** Takes a movement back by an adjustment of the opposite. */
  undo(
    id: EntryId,
    reason: string,
    approval: EntryId | null,
  ): Promise<Result<DeviceEntry, SellFault | { code: 'no-undo' }>>;
  /**
   * The stock of a product over the last `days`: of more than a week from the server where it answers, else as far as the journals here go, and then
   * all sales of that time are read.
   */
  history(product: ProductId, days: number): Promise<ProductHistory>;
  /** What tills that are silent now usually sell of a product in such a time. Reads all sales of some weeks. */
  usuallySold(product: ProductId): Promise<readonly SilentShare[]>;
  /** What made a product's stock (STK16); null on a device that does not hold what that takes. */
  causes(product: ProductId): Promise<readonly CauseSum[] | null>;
  /** What was paid for a product, newest receipt first. */
  costs(product: ProductId): Promise<readonly CostLayer[]>;
  value(): Promise<StockValue>;
  /** Suppliers that were named before, the last one first. */
  suppliers(): readonly string[];
}
