import { PIN_ROUNDS } from '../../schema/pin.ts';
import type { PinVerifier } from '../../schema/protocol/pins.ts';
import type { Random } from './device-deps.ts';

/** Bytes of a new salt. */
const SALT_BYTES = 16;

/** What the rounds make of a PIN: shown to the server it proves that its device knows the PIN. In base64url. */
export async function pinProof(
  subtle: SubtleCrypto,
  pin: string,
  { salt, rounds }: Pick<PinVerifier, 'salt' | 'rounds'>,
): Promise<string> {
  const key = await subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: new TextEncoder().encode(salt), iterations: rounds };
  return toBase64Url(await subtle.deriveBits(parameters, key, 256));
}

/** What the server keeps of a proof: it tells whether a proof is right, and is none itself. */
export async function verifierOf(subtle: SubtleCrypto, proof: string): Promise<string> {
  return toBase64Url(await subtle.digest('SHA-256', new TextEncoder().encode(proof)));
}

/** A new PIN as the server gets it. */
export async function newVerifier(subtle: SubtleCrypto, random: Random, pin: string): Promise<PinVerifier> {
  const salt = toBase64Url(random.bytes(SALT_BYTES).slice().buffer);
  const verifier = await verifierOf(subtle, await pinProof(subtle, pin, { salt, rounds: PIN_ROUNDS }));
  return { salt, rounds: PIN_ROUNDS, verifier };
}

/** A key for seals that never leaves this browser, and cannot be read out in it. */
export function makeSealKey(subtle: SubtleCrypto): Promise<CryptoKey> {
  return subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

/** What a device keeps of a verifier: without this device's own key nobody can try PINs against it. */
export async function sealOf(subtle: SubtleCrypto, key: CryptoKey, verifier: string): Promise<string> {
  return toBase64Url(await subtle.sign('HMAC', key, new TextEncoder().encode(verifier)));
}

function toBase64Url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
