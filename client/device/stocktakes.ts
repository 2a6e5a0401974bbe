import type { DraftId } from '../../schema/draft.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { EntryId, PersonId, ProductId } from '../../schema/ids.ts';
import type { Result } from '../../schema/result.ts';
import type { CountedLine, CountResult } from '../../schema/stock/stocktake.ts';
import type { SellFault } from './device.ts';
import type { HoldFault } from './drafts.ts';
import type { Live } from './live.ts';

/** A place of a stocktake, e.g. a shelf, and who counts there. */
export interface SheetPlace {
  readonly key: string;
  readonly name: string;
  readonly person: PersonId | null;
}

/** What people agree on before and while they count: a draft that merges. The counts are entries. */
export interface Sheet {
  readonly id: DraftId;
  readonly name: string;
  readonly notes: string;
  readonly places: readonly SheetPlace[];
  /** Clock of the device that began it. */
  readonly begunAt: number;
  /** Server time before it was begun, for certain; of a sheet of an older version, what that device's clock said. */
  readonly after: number;
  /** Device clock of whoever did it; null while counting goes on. */
  readonly closed: { readonly at: number; readonly by: PersonId } | null;
  /** Server time of the last change, or the device time of the last own one. */
  readonly at: number;
}

/** Stocktakes of this branch by many people on many devices, each of them offline for as long as it likes. */
export interface Stocktakes {
  /** A new number whenever anything here would answer differently. */
  readonly version: Live<number>;
  /** Newest change first. */
  sheets(): readonly Sheet[];
  begin(name: string): Promise<Result<DraftId, HoldFault>>;
  note(id: DraftId, text: string): Promise<Result<null, HoldFault>>;
  addPlace(id: DraftId, name: string): Promise<Result<null, HoldFault>>;
  assign(id: DraftId, place: string, person: PersonId | null): Promise<Result<null, HoldFault>>;
  removePlace(id: DraftId, place: string): Promise<Result<null, HoldFault>>;
  /** Counting is over, or goes on after all. It moves no stock. */
  setClosed(id: DraftId, closed: boolean): Promise<Result<null, HoldFault>>;
  /** Throws a sheet away. What was counted stays in the journals. */
  discard(id: DraftId): Promise<Result<null, HoldFault>>;
  /** Takes that back. */
  restore(id: DraftId): Promise<Result<null, HoldFault>>;
  /** Writes a count, with what this device knows of the product at this moment. */
  count(
    id: DraftId,
    what: { productId: ProductId; counted: number; place: string },
  ): Promise<Result<DeviceEntry, SellFault>>;
  /** All counts of a sheet that are known here, in order of time. */
  counts(id: DraftId): Promise<readonly CountedLine[]>;
  /** What the counts ask for, by the largest correction first. */
  results(id: DraftId): Promise<readonly CountResult[]>;
  /** Corrects the stock as `results` ask; those whose correction is 0 need nothing. Resolves with the entries written. */
  correct(
    id: DraftId,
    results: readonly CountResult[],
    approval: EntryId | null,
  ): Promise<Result<readonly EntryId[], SellFault>>;
}
