/** Open streams of one device: one per collection and tab. */
export const STREAMS_PER_DEVICE_MAX = 16;
/** Open streams in all. */
export const STREAMS_MAX = 2_000;
/** Documents of one event; more follow in the next one. */
export const EVENT_DOCUMENTS_MAX = 100;
