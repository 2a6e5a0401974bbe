import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { PRIVATE_DIR_MODE, writeDurably } from '../keys/secret-file.ts';
import { pemToKeyPair, privateKeyToPem } from './key-pair.ts';
import { X509Certificate } from './x509.ts';

/** A key pair and the certificate over its public half. They live in one file, so that they can never disagree. */
export type CertifiedKey = { readonly keys: CryptoKeyPair; readonly certificate: X509Certificate };

/** Writes both as PEM, readable by the shop's own account only; whole or not at all. */
export function writeCertifiedKey(path: string, { keys, certificate }: CertifiedKey): void {
  mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_DIR_MODE });
  const draft = `${path}.draft`;
  writeDurably(draft, `${privateKeyToPem(keys.privateKey)}${certificate.toString('pem')}\n`, 'w');
  renameSync(draft, path);
}

/** Reads what `writeCertifiedKey` wrote; undefined where there is none. Rejects when the file holds something else. */
export async function readCertifiedKey(path: string): Promise<CertifiedKey | undefined> {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  try {
    return {
      keys: await pemToKeyPair(pemBlock(text, 'PRIVATE KEY')),
      certificate: new X509Certificate(pemBlock(text, 'CERTIFICATE')),
    };
  } catch (error) {
    throw new Error(`${path} does not hold a key and its certificate`, { cause: error });
  }
}

function pemBlock(text: string, label: string): string {
  const block = new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`).exec(text)?.[0];
  if (!block) throw new Error(`no ${label}`);
  return block;
}
