/**
 * The version of everything that crosses the wire, one integer. History: `version-history.ts`.
 */
export const PROTOCOL_VERSION = 5;
/** The server serves this one and all after it: what a till of long ago sold must arrive. At least the two versions before the newest. */
export const OLDEST_PROTOCOL = 1;
/** The header in which a device names its version; a request without it speaks version 1. */
export const PROTOCOL_HEADER = 'x-laci-protocol';
