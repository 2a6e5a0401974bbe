import { createPrivateKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { CompactSign, importJWK } from 'jose';
import { z } from 'zod';
import {
  type DeviceIdentity,
  deviceIdentityShape,
  type PublicKey,
  publicKeyShape,
} from '../../schema/protocol/enrol.ts';
import { readOrMakeSecret } from './secret-file.ts';
import { verifySignature } from './verify-signature.ts';

/** What the shop key said of a device at its enrolment. */
export interface Certified {
  readonly identity: DeviceIdentity;
  readonly publicKey: PublicKey;
  /** Server time of the certificate, milliseconds since 1970. */
  readonly at: number;
}

/** The shop's own P-256 key. It signs what a device is; it lies outside the database, so that a restore cannot change it. */
export interface ShopKey {
  readonly publicKey: PublicKey;
  /** A device's certificate: a compact JWS (ES256, RFC 7515) over its identity and public key. `at` in milliseconds. */
  certify(device: DeviceIdentity, publicKey: PublicKey, at: number): Promise<string>;
  /** What a certificate says, when this shop's key signed it; null for anything else. */
  readCertificate(certificate: string): Certified | null;
}

const CERTIFICATE_TYPE = 'laci-device';
const headerShape = z.object({ alg: z.literal('ES256'), typ: z.literal(CERTIFICATE_TYPE) });
const payloadShape = deviceIdentityShape.extend({ publicKey: publicKeyShape, iat: z.int().min(0) });

/** Reads the shop key from `path`, or makes one on the very first start. Throws when the file holds something else. */
export async function openShopKey(path: string): Promise<ShopKey> {
  const privateJwk = JSON.parse(readOrMakeSecret(path, makePrivateKey)) as JsonWebKey;
  createPrivateKey({ key: privateJwk, format: 'jwk' });
  const key = await importJWK({ ...privateJwk, alg: 'ES256' });
  const publicKey = publicKeyShape.parse(privateJwk);
  const certify = async (device: DeviceIdentity, devicePublicKey: PublicKey, at: number): Promise<string> => {
    const payload = JSON.stringify({ ...device, publicKey: devicePublicKey, iat: Math.floor(at / 1000) });
    const jws = new CompactSign(new TextEncoder().encode(payload));
    return jws.setProtectedHeader({ alg: 'ES256', typ: CERTIFICATE_TYPE }).sign(key);
  };
  return { publicKey, certify, readCertificate: (certificate) => readCertificate(publicKey, certificate) };
}

/** What a certificate says, when `shopKey` signed it; null for anything else. */
export function readCertificate(shopKey: PublicKey, certificate: string): Certified | null {
  const [header, payload, signature, ...rest] = certificate.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return null;
  if (!headerShape.safeParse(readPart(header)).success) return null;
  const read = payloadShape.safeParse(readPart(payload));
  if (!read.success || !verifySignature(shopKey, `${header}.${payload}`, signature)) return null;
  const { publicKey, iat, ...identity } = read.data;
  return { identity, publicKey, at: iat * 1000 };
}

function readPart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** A new P-256 private key as the text of a JSON Web Key. */
export function makePrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return JSON.stringify(privateKey.export({ format: 'jwk' }));
}
