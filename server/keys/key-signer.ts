import { createPrivateKey, type JsonWebKey, sign } from 'node:crypto';
import { type PublicKey, publicKeyShape } from '../../schema/protocol/enrol.ts';
import { readOrMakeSecret } from './secret-file.ts';
import { makePrivateKey } from './shop-key.ts';

/** A P-256 key that signs entries as a device's does: ES256, r and s side by side, base64url. */
export interface KeySigner {
  readonly publicKey: PublicKey;
  sign(text: string): string;
}

/** Signs with the private key of a JSON Web Key. Throws when it is none. */
export function createKeySigner(privateJwk: JsonWebKey): KeySigner {
  const key = createPrivateKey({ key: privateJwk, format: 'jwk' });
  return {
    publicKey: publicKeyShape.parse(privateJwk),
    sign: (text) => sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  };
}

/** Signs with the key at `path`, which is made where there is none. */
export function openKeySigner(path: string): KeySigner {
  return createKeySigner(JSON.parse(readOrMakeSecret(path, makePrivateKey)) as JsonWebKey);
}
