import type { EntryId, Hash } from '../../schema/ids.ts';
import { entrySigningText } from '../../schema/signature.ts';

/** Signs as this device. The key cannot be read out; nobody else can sign for this device. */
export interface Signer {
  /** The signature of a text, in base64url. Rejects when the browser refuses the key. */
  sign(text: string): Promise<string>;
}

const ENCODER = new TextEncoder();

/** A signer over a device's own key pair. */
export function createSigner(subtle: SubtleCrypto, privateKey: CryptoKey): Signer {
  return {
    sign: async (text) => {
      const bytes = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, ENCODER.encode(text));
      return toBase64Url(new Uint8Array(bytes));
    },
  };
}

/** The author's signature of one entry. */
export function signEntry(
  signer: Signer,
  { id, hash }: { readonly id: EntryId; readonly hash: Hash },
): Promise<string> {
  return signer.sign(entrySigningText(id, hash));
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** By hand: patterns that are asked for once a sale are made anew each time, and the customer waits. */
function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    text += DIGITS.charAt(first >> 2) + DIGITS.charAt(((first & 3) << 4) | ((second ?? 0) >> 4));
    if (second !== undefined) text += DIGITS.charAt(((second & 15) << 2) | ((third ?? 0) >> 6));
    if (third !== undefined) text += DIGITS.charAt(third & 63);
  }
  return text;
}
