import type { EntryId, Hash } from '../../schema/ids.ts';
import { entrySigningText } from '../../schema/signature.ts';

/** Signs as this device. The key cannot be read out; nobody else can sign for this device. */
export interface Signer {
  /** The signature of a text, in base64url. Rejects when the browser refuses the key. */
  sign(text: string): Promise<string>;
}

/** A signer over a device's own key pair. */
export function createSigner(subtle: SubtleCrypto, privateKey: CryptoKey): Signer {
  return {
    sign: async (text) => {
      const bytes = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new TextEncoder().encode(text));
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

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
