/** What a benchmark asks of a till in its thread; each is answered once. */
export type TillRequest =
  | { readonly ask: 'settled' | 'sell' | 'sell-timed' | 'next' | 'close' }
  | { readonly ask: 'stock'; readonly product: string }
  | { readonly ask: 'hear'; readonly held: HeldStock };

/** What a till says is on hand. */
export interface HeldStock {
  readonly product: string;
  readonly onHand: number;
}

export interface TillJob {
  readonly name: string;
  readonly origin: string;
  readonly code: string;
}

/**
 * `sell` gives the entry; `settled` the products held; `sell-timed` when its sale began, and `hear` when what is on hand was another number, both in
 * milliseconds since 1970 as the thread's clock has it; `next` a product of the next sale.
 */
export interface TillAnswer {
  readonly value?: unknown;
  readonly failed?: string;
}
