import { createPrivateKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { CompactSign, importJWK } from 'jose';
import type { DeviceIdentity, PublicKey } from '../../schema/protocol/enrol.ts';
import { publicKeyShape } from '../../schema/protocol/enrol.ts';
import { readOrMakeSecret } from './secret-file.ts';

/** The shop's own P-256 key. It signs what a device is; it lies outside the database, so that a restore cannot change it. */
export interface ShopKey {
  readonly publicKey: PublicKey;
  /** A device's certificate: a compact JWS (ES256, RFC 7515) over its identity and public key. `at` in milliseconds. */
  certify(device: DeviceIdentity, publicKey: PublicKey, at: number): Promise<string>;
}

/** Reads the shop key from `path`, or makes one on the very first start. Throws when the file holds something else. */
export async function openShopKey(path: string): Promise<ShopKey> {
  const privateJwk = JSON.parse(readOrMakeSecret(path, makePrivateKey)) as JsonWebKey;
  createPrivateKey({ key: privateJwk, format: 'jwk' });
  const key = await importJWK({ ...privateJwk, alg: 'ES256' });
  const publicKey = publicKeyShape.parse(privateJwk);
  const certify = async (device: DeviceIdentity, devicePublicKey: PublicKey, at: number): Promise<string> => {
    const payload = JSON.stringify({ ...device, publicKey: devicePublicKey, iat: Math.floor(at / 1000) });
    const jws = new CompactSign(new TextEncoder().encode(payload));
    return jws.setProtectedHeader({ alg: 'ES256', typ: 'laci-device' }).sign(key);
  };
  return { publicKey, certify };
}

/** A new P-256 private key as the text of a JSON Web Key. */
export function makePrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return JSON.stringify(privateKey.export({ format: 'jwk' }));
}
