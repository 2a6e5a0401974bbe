import { hash } from 'node:crypto';
import type { PublicKey } from '../../schema/protocol/enrol.ts';
import type { ShopKey } from '../../server/keys/shop-key.ts';

/**
 * What stands for P-256 in a simulated world, where nothing may take real time: a signature is a hash over the key's public
 * half and the text. Anyone could make one; the simulator's forgers do not.
 */
export interface StandInKey {
  readonly name: string;
}

export function publicKeyOf(key: StandInKey): PublicKey {
  const known = publicKeys.get(key);
  if (known) return known;
  const made: PublicKey = { kty: 'EC', crv: 'P-256', x: digest(`x ${key.name}`), y: digest(`y ${key.name}`) };
  publicKeys.set(key, made);
  return made;
}

const publicKeys = new WeakMap<StandInKey, PublicKey>();

/** Sixty-four bytes, as ES256 makes them. */
export function signatureBytes(publicKey: PublicKey, text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash('sha512', `${publicKey.x}\n${text}`, 'buffer'));
}

export function signatureText(publicKey: PublicKey, text: string): string {
  return hash('sha512', `${publicKey.x}\n${text}`, 'base64url');
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
  return hash('sha256', text, 'base64url');
}
