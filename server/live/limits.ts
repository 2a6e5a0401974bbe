import { LIVE_HEARTBEAT_MS } from '../../schema/limits.ts';

/** A socket that has not said who it is after this long is closed, in milliseconds. */
export const AUTH_MS_MAX = 10_000;
/** Changes of one message; with more behind them the devices are told to pull instead. */
export const CHANGES_MAX = 500;
/** Characters of one message of changes, for the same reason. */
export const CHANGES_LENGTH_MAX = 256 * 1024;
/** How long an entry waits for others, so that they are told in one message, in milliseconds. Its counters are told at once. */
export const ENTRIES_MS = 2_000;
/**
 * Characters of waiting entries from which on they are told without waiting longer: some ten sales. With a thousand sockets more of them at once would hold up
 * whose sale comes just then.
 */
export const ENTRIES_LENGTH_MAX = 16 * 1024;
/** Bytes that may wait in one socket. A reader that is further behind gets nothing more until it has caught up. */
export const BUFFERED_BYTES_MAX = 1024 * 1024;
/** How often the change log is read even though nobody called: another process may have written. In milliseconds. */
export const TAIL_POLL_MS = 1_000;
/** How often sockets are looked after: three times per heartbeat, in milliseconds. */
export const SOCKET_CHECK_MS = LIVE_HEARTBEAT_MS / 3;
/** RFC 6455: the other end broke the rules, or has no right to listen. */
export const POLICY_VIOLATION = 1008;
/** Bytes that wait in one socket where it is ended: what is said to it alone is not dropped before, and a device may ask without ever reading. */
export const ENDED_BYTES_MAX = 2 * BUFFERED_BYTES_MAX;
/** Live sockets of one device, which is meant to have one: after a broken link the former ones are noticed late, and copies of its profile must not end each other's for ever. */
export const SOCKETS_PER_DEVICE_MAX = 16;
/** Sockets before authentication, in all. */
export const UNKNOWN_SOCKETS_MAX = 500;
/** A device's document says when it was last heard from, to within this long while it is active. In milliseconds. */
export const HEARD_EVERY_MS = 5 * 60 * 1000;
/** Coming and going is noted too, but not more often than this: a flapping link must not flood the branch. In milliseconds. */
export const HEARD_PAUSE_MS = 5_000;
/** What everybody's packing remembers and takes, for the moment that it lasts: a window of 8 KiB, of which a message refers to two others. */
export const PACKING_SIZE = { windowBits: 13, memLevel: 5, level: 6 } as const;
/**
 * What is agreed on with a device that can unpack (RFC 7692). What it says it packs with a window as large as its browser likes, of 32 KiB at most; that
 * is unpacked only up to `LIVE_MESSAGE_BYTES_MAX`.
 */
export const LIVE_DEFLATE = { serverMaxWindowBits: PACKING_SIZE.windowBits } as const;
/** Bytes of a message from which on it is packed: a heartbeat is not worth it. */
export const PACKED_BYTES_MIN = 128;
/**
 * Sockets of one scope up to which a message is packed. Packing is done once for all of them, but each has a few that were said to it alone: with very
 * many the last would hear of a sale later than the bytes would have taken.
 */
export const PACKED_SOCKETS_MAX = 64;
