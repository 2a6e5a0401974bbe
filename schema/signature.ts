import { z } from 'zod';
import { sha256Hex } from './hash.ts';
import { type DeviceId, deviceIdFromBytes, type EntryId, entryIdShape, type Hash, hashShape } from './ids.ts';

/**
 * ES256 as WebCrypto makes it (RFC 7518 §3.4): r and s side by side, 64 bytes in base64url.
 * It stands beside an entry, never inside its hash: the hash covers everything before it, so one signature vouches for the
 * whole chain up to its entry.
 */
export const signatureShape = z.string().regex(/^[A-Za-z0-9_-]{86}$/);

/** One entry's signature as it crosses the wire. */
export const entrySignatureShape = z.object({ id: entryIdShape, hash: hashShape, signature: signatureShape });
export type EntrySignature = z.infer<typeof entrySignatureShape>;

/** What a device's key signs for an entry. */
export function entrySigningText(id: EntryId, hash: Hash): string {
  return `laci-entry\n${id}\n${hash}`;
}

/** What a device's key signs to be known again by a server that lost it. Only the hash of the credential is said. */
export function readmitSigningText(deviceId: DeviceId, credential: string): string {
  return `laci-readmit\n${deviceId}\n${sha256Hex(credential)}`;
}

/** The device under which a diverging run is filed: the same wherever the same run arrives first. */
export function forkDeviceId(firstId: EntryId, firstHash: Hash): DeviceId {
  return derivedDeviceId(`laci-fork\n${firstId}\n${firstHash}`);
}

/** The device id of the server's own journal in a branch and epoch. */
export function serverJournalId(branch: string, epochId: string): DeviceId {
  return derivedDeviceId(`laci-server-journal\n${branch}\n${epochId}`);
}

/** The device id under which another system's sales are written in one epoch: a restored server never writes where it wrote before. */
export function integrationDeviceId(integration: string, epochId: string): DeviceId {
  return derivedDeviceId(`laci-integration\n${integration}\n${epochId}`);
}

function derivedDeviceId(text: string): DeviceId {
  const digits = sha256Hex(text);
  return deviceIdFromBytes(
    Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16)),
  );
}
