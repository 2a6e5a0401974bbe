import type { WireBytes } from '../../wire/wire-count.ts';

/** What is measured of one stack: ours or a peer's. Bytes are TCP payload in both directions. */
export interface WireStack {
  readonly name: string;
  /** All products into a fresh device. */
  fullSync(plain: boolean): Promise<SyncBytes>;
  /** Two devices that follow each other's sales. */
  openPair(plain: boolean): Promise<WirePair>;
  close(): Promise<void>;
}

export interface SyncBytes {
  readonly bytes: number;
  readonly documents: number;
  /** The same with everything else that a fresh device fetches; the same number where there is nothing else. */
  readonly everything: number;
}

export interface WirePair {
  /** One device writes a sale of five lines, and the other gets it. */
  sell(): Promise<SaleBytes>;
  /** So many such sales right after each other; gives what crossed the wire of the other device, all of it. Only ours tells sales together. */
  sellTogether?(sales: number): Promise<number>;
  close(): Promise<void>;
}

export interface SaleBytes {
  /** On the wire of the device that sold, until nothing more crossed it. */
  readonly sale: number;
  /** Of that, towards the server. */
  readonly saleUp: number;
  /** On the wire of the other device, likewise. */
  readonly fanOut: number;
  /** Of that, what came at once and is no HTTP request: the live socket's frames, both ways. */
  readonly fanOutLive: number;
  /** Of it, what followed {@link QUIET_MS} or more later: ours tells what the entry holds with what else is sold meanwhile. */
  readonly fanOutLater: number;
}

/** What crossed the wires of the device that sold and of the other one. */
export interface PairBytes {
  readonly seller: WireBytes;
  readonly other: WireBytes;
}

/** What a sale cost on both wires: at once, and what followed. */
export function saleBytes({ seller, other }: PairBytes, later?: PairBytes): SaleBytes {
  const requested = [...other.byRequest.values()].reduce((sum, bytes) => sum + bytes, 0);
  const fanOutLater = later?.other.total ?? 0;
  return {
    sale: seller.total + (later?.seller.total ?? 0),
    saleUp: seller.up + (later?.seller.up ?? 0),
    fanOut: other.total + fanOutLater,
    fanOutLive: other.total - requested,
    fanOutLater,
  };
}

/** Lines of the sale. */
export const SALE_LINES = 5;
/** A sale has crossed when nothing has for so long, in milliseconds: a peer's bookkeeping comes a moment later and counts. */
export const QUIET_MS = 1_000;
