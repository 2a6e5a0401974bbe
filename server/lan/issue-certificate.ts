import { isIP } from 'node:net';
import type { CertifiedKey } from './certified-key.ts';
import type { HostScope } from './host-scope.ts';
import { keyAlgorithm, makeKeyPair } from './key-pair.ts';
import { scopeToExtension } from './name-constraints.ts';
import * as x509 from './x509.ts';

export const dayMs = 24 * 60 * 60 * 1000;

/** Devices trust the CA once, by hand; ten years spare the shop a second round. */
export const authorityDays = 3650;

/** Days from the first to the last moment of a server's certificate. Apple refuses more than 398 from public CAs. */
export const serverDays = 397;

/** Certificates begin a day early, for devices whose clock is behind. */
export const backdatedDays = 1;

/** The server's clock (ms since 1970) and strong random bytes. */
export type IssueDeps = { now(): number; randomBytes(count: number): Uint8Array };

/**
 * A new local CA: self-signed, for signing servers' certificates directly (no CA below it), and for hosts of its scope only.
 */
export async function issueAuthority(scope: HostScope, deps: IssueDeps): Promise<CertifiedKey> {
  const keys = await makeKeyPair();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(authorityDays, deps.now()),
    serialNumber: serialNumber(deps),
    name: `CN=Laci local CA ${toHex(deps.randomBytes(3))}, O=Laci`,
    signingAlgorithm: keyAlgorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      scopeToExtension(scope),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { keys, certificate };
}

/** A new key and certificate for the server, good for these names and addresses, signed by the CA. */
export async function issueServer(
  authority: CertifiedKey,
  hosts: readonly string[],
  deps: IssueDeps,
): Promise<CertifiedKey> {
  const keys = await makeKeyPair();
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(serverDays, deps.now()),
    serialNumber: serialNumber(deps),
    subject: 'CN=Laci, O=Laci',
    issuer: authority.certificate.subjectName,
    signingAlgorithm: keyAlgorithm,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
    ],
  });
  return { keys, certificate };
}

function validity(days: number, nowMs: number): { notBefore: Date; notAfter: Date } {
  const beginsMs = nowMs - backdatedDays * dayMs;
  return { notBefore: new Date(beginsMs), notAfter: new Date(beginsMs + days * dayMs) };
}

/** A positive number of 127 bits, in hex; random, so that no two certificates share one (RFC 5280 §4.1.2.2). */
function serialNumber({ randomBytes }: IssueDeps): string {
  const bytes = Uint8Array.from(randomBytes(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return toHex(bytes);
}

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
