import { createPublicKey, verify } from 'node:crypto';
import type { PublicKey } from '../../schema/protocol/enrol.ts';

/** True when `signature` (base64url) is the ES256 signature of `text` by the key: r and s side by side, as WebCrypto makes them. */
export type VerifySignature = (publicKey: PublicKey, text: string, signature: string) => boolean;

/** Checks a signature with the machine's own cryptography. Answers false, and never throws, on a key or text that is none. */
export const verifySignature: VerifySignature = (publicKey, text, signature) => {
  try {
    const key = createPublicKey({ key: publicKey, format: 'jwk' });
    return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
};
