import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { PublicKey } from '../../schema/protocol/enrol.ts';
import { derOf } from './der-signature.ts';

/** True when `signature` (base64url) is the ES256 signature of `text` by the key: r and s side by side, as WebCrypto makes them. */
export type VerifySignature = (publicKey: PublicKey, text: string, signature: string) => boolean;

/** Keys remembered: those of all devices that are at work in a large shop. */
const KEYS_MAX = 2_000;
const keys = new Map<string, KeyObject>();
/** The same by the very object that was asked with before. */
const readKeys = new WeakMap<PublicKey, KeyObject>();

/** Checks a signature with the machine's own cryptography. Answers false, and never throws, on a key or text that is none. */
export const verifySignature: VerifySignature = (publicKey, text, signature) => {
  try {
    const der = derOf(Buffer.from(signature, 'base64url'));
    // The key by itself: an object of options around it costs a quarter of the whole.
    return der !== null && verify('sha256', Buffer.from(text), keyOf(publicKey), der);
  } catch {
    return false;
  }
};

/** Reading a key takes longer than the rest of the work on one sale's signature. */
function keyOf(publicKey: PublicKey): KeyObject {
  const read = readKeys.get(publicKey);
  if (read) return read;
  const name = JSON.stringify(publicKey);
  const key = keys.get(name) ?? createPublicKey({ key: publicKey, format: 'jwk' });
  if (keys.size >= KEYS_MAX) keys.clear();
  keys.set(name, key);
  readKeys.set(publicKey, key);
  return key;
}
