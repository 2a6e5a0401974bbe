import { createHash } from 'node:crypto';
import type { PublicKey } from '../../schema/protocol/enrol.ts';
import type { ShopKey } from '../../server/keys/shop-key.ts';

/**
 * What stands for P-256 in a simulated world, where nothing may take real time: a signature is a hash over the key's public
 * half and the text. Anyone could make one; the simulator's forgers do not.
 */
export interface StandInKey {
  readonly name: string;
}

export function publicKeyOf({ name }: StandInKey): PublicKey {
  return { kty: 'EC', crv: 'P-256', x: digest(`x ${name}`), y: digest(`y ${name}`) };
}

/** Sixty-four bytes, as ES256 makes them. */
export function signatureBytes(publicKey: PublicKey, text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash('sha512').update(`${publicKey.x}\n${text}`).digest());
}

export function signatureText(publicKey: PublicKey, text: string): string {
  return Buffer.from(signatureBytes(publicKey, text)).toString('base64url');
}

/** A device's WebCrypto: makes keys by chance, exports public ones, signs. */
export function createStandInSubtle(newName: () => string): SubtleCrypto {
  const decoder = new TextDecoder();
  const subtle = {
    generateKey: async () => {
      const key: StandInKey = { name: newName() };
      return { publicKey: key, privateKey: key };
    },
    exportKey: async (_format: string, key: StandInKey) => publicKeyOf(key),
    sign: async (_algorithm: unknown, key: StandInKey, bytes: Uint8Array) =>
      signatureBytes(publicKeyOf(key), decoder.decode(bytes)).buffer,
  };
  return subtle as unknown as SubtleCrypto;
}

/** True when {@link signatureText} made this signature. */
export function verifyStandIn(publicKey: PublicKey, text: string, signature: string): boolean {
  return signatureText(publicKey, text) === signature;
}

/** The shop key: certificates in the form of compact JWS. */
export function createStandInShopKey(): ShopKey {
  const publicKey = publicKeyOf({ name: 'shop' });
  const header = textPart({ alg: 'ES256', typ: 'laci-device' });
  return {
    publicKey,
    certify: async (device, key, at) => {
      const signed = `${header}.${textPart({ ...device, publicKey: key, iat: Math.floor(at / 1000) })}`;
      return `${signed}.${signatureText(publicKey, signed)}`;
    },
    readCertificate: (certificate) => {
      const [head = '', payload = '', signature = ''] = certificate.split('.');
      if (head !== header || !verifyStandIn(publicKey, `${head}.${payload}`, signature)) return null;
      const { publicKey: key, iat, ...identity } = JSON.parse(Buffer.from(payload, 'base64url').toString());
      return { identity, publicKey: key, at: iat * 1000 };
    },
  };
}

function textPart(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
