/** Characters of a page. Many times what products and stock come to at 5,000; the largest sales are asked for by fewer. */
export const PULLED_LENGTH_MAX = 32 * 1024 * 1024;
/** Open streams of one device: one per collection and tab. */
export const STREAMS_PER_DEVICE_MAX = 16;
/** Open streams in all. */
export const STREAMS_MAX = 2_000;
/** Documents of one event; more follow in the next one. */
export const EVENT_DOCUMENTS_MAX = 100;
