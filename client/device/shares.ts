import type { DeviceId, ProductId } from '../../schema/ids.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import type { SharesView } from '../../schema/protocol/shares.ts';
import type { Result } from '../../schema/result.ts';
import type { Live } from './live.ts';

/** Why more of a limited product did not come: nobody answers, nothing is free, or tills have to report after a restore. */
export type AskFault = 'offline' | 'none-free' | 'awaiting' | 'not-sent';

/** What this till may sell of limited products (tickets, vouchers, pre-orders) without asking anybody. */
export interface Shares {
  /** A new number whenever {@link left} may answer differently. */
  readonly version: Live<number>;
  /** What is left of this till's share, in smallest units, never below 0; null for a product that is not limited. */
  left(id: ProductId): number | null;
  /** Asks the server for so much of a product, and takes over what it gives. Resolves when that is on disk. */
  askNow(id: ProductId, need: number): Promise<Result<null, AskFault>>;
  /** For those who may edit: who holds what, and for whom everybody waits after a restore. */
  lookNow(): Promise<Result<SharesView, ErrorCode | 'offline'>>;
  /** What a device holds of a product does not count any more. */
  writeOffNow(device: DeviceId, product: ProductId): Promise<Result<null, ErrorCode | 'offline'>>;
  /** Nobody waits for this device any more. */
  waiveNow(device: DeviceId): Promise<Result<null, ErrorCode | 'offline'>>;
}
