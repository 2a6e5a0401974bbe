import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { BranchId, EntryId, ProductId, TransferId } from '../../schema/ids.ts';
import type { Result } from '../../schema/result.ts';
import type { Transfer } from '../../schema/stock/transfer.ts';
import type { TransferFault } from '../../schema/stock/transfer-fault.ts';
import type { SellFault } from './device.ts';
import type { Live } from './live.ts';

export interface MovedGoods {
  readonly productId: ProductId;
  /** Smallest units. */
  readonly quantity: number;
}

/** What becomes of what is missing of a transfer, or was too much: it was lost on its way, or the books are corrected here. */
export type Settlement = 'lost' | 'here';

/** Why nothing was written. */
export type MoveFault = SellFault | TransferFault;

/** Goods on their way between this branch and the others, from journals that are here: offline too. */
export interface Transfers {
  /** A new number whenever {@link list} would answer differently. */
  readonly version: Live<number>;
  /** The other branches of the company, by name. */
  branches(): readonly { readonly branch: BranchId; readonly name: string }[];
  /** What a branch is called; its id where nobody said. */
  nameOf(branch: BranchId): string;
  /** Newest first. The first call reads the branch journal through. */
  list(): Promise<readonly Transfer[]>;
  /** Sends goods; they leave the stock at once. */
  send(to: BranchId, lines: readonly MovedGoods[], approval: EntryId | null): Promise<Result<DeviceEntry, MoveFault>>;
  /** Says what arrived; it is in the stock at once. What did not arrive has no line. */
  receive(transfer: TransferId, lines: readonly MovedGoods[]): Promise<Result<DeviceEntry, MoveFault>>;
  /**
   * Closes what is open of a transfer: `lost` on its way, which moves no stock; or `here`, where the sender finds that it never left, or the
   * receiver that it arrived after all, and the stock is corrected.
   */
  settle(
    transfer: TransferId,
    how: Settlement,
    reason: string,
    approval: EntryId | null,
  ): Promise<Result<DeviceEntry, MoveFault>>;
}
