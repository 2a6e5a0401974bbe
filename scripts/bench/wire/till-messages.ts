/** What a benchmark asks of a till in its thread; each is answered once. */
export type TillRequest = { readonly ask: 'settled' } | { readonly ask: 'sell' } | { readonly ask: 'close' };

export interface TillJob {
  readonly name: string;
  readonly origin: string;
  readonly code: string;
}

/** `sell` gives the entry; `settled` the products held. */
export interface TillAnswer {
  readonly value?: unknown;
  readonly failed?: string;
}
