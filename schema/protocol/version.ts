/**
 * The version of everything that crosses the wire, one integer. The server serves this version and the two before it.
 * History: `version-history.ts`.
 */
export const PROTOCOL_VERSION = 3;
/** The header in which a device names its version; a request without it speaks version 1. */
export const PROTOCOL_HEADER = 'x-laci-protocol';
