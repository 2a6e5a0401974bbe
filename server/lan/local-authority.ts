import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type CertifiedKey, readCertifiedKey, writeCertifiedKey } from './certified-key.ts';
import { isInScope } from './host-scope.ts';
import { dayMs, type IssueDeps, issueServer } from './issue-certificate.ts';
import { isValidAt, keepAuthority, madeAt } from './keep-authority.ts';
import { privateKeyToPem } from './key-pair.ts';
import { certificateToScope } from './name-constraints.ts';
import { SubjectAlternativeNameExtension, type X509Certificate } from './x509.ts';

/** A server's certificate is issued anew this long before its end. */
const renewedDays = 30;

/** `hosts` are the names and addresses by which the server is called (see `lanHosts`); `dataDir` keeps what is made. */
export type LocalAuthorityDeps = IssueDeps & { readonly dataDir: string; readonly hosts: readonly string[] };

/** What an HTTPS server needs, all PEM, and what people need to trust it. */
export type LocalAuthority = {
  /** The server's private key. */
  readonly key: string;
  /** The server's certificate. */
  readonly cert: string;
  /** The CA's certificate, which devices install. */
  readonly caCert: string;
  /** SHA-256 of the CA's certificate, as devices show it: `AB:CD:…`. */
  readonly fingerprint: string;
  /** Hosts that the CA may not vouch for, because they are neither local nor were there when it was made: no HTTPS there. */
  readonly uncoveredHosts: readonly string[];
};

/**
 * The shop's own certificate authority and its server's certificate, kept in `dataDir/lan/` (readable by the shop's own
 * account only). The CA is made once; the server's certificate anew when the hosts change, or 30 days before its end. A clock that is behind
 * the making of the CA says nothing of either.
 * Rejects when the CA's file is damaged: a new CA would be trusted by no device, so a person has to decide.
 */
export async function createLocalAuthority(deps: LocalAuthorityDeps): Promise<LocalAuthority> {
  const authority = await keepAuthority(join(deps.dataDir, 'lan'), deps.hosts, deps);
  const scope = certificateToScope(authority.certificate);
  const hosts = deps.hosts.filter((host) => isInScope(host, scope));
  const server = await keepServer(join(deps.dataDir, 'lan', 'server.pem'), authority, hosts, deps);
  return {
    key: privateKeyToPem(server.keys.privateKey),
    cert: server.certificate.toString('pem'),
    caCert: authority.certificate.toString('pem'),
    fingerprint: fingerprintOf(authority.certificate),
    uncoveredHosts: deps.hosts.filter((host) => !hosts.includes(host)),
  };
}

async function keepServer(
  path: string,
  authority: CertifiedKey,
  hosts: readonly string[],
  deps: LocalAuthorityDeps,
): Promise<CertifiedKey> {
  const kept = await readOrForget(path);
  const earliestMs = madeAt(authority.certificate);
  const nowMs = deps.now() < earliestMs ? null : deps.now();
  if (kept && (await isStillGood(kept.certificate, authority, hosts, nowMs))) return kept;
  const made = await issueServer(authority, hosts, { ...deps, now: () => nowMs ?? earliestMs });
  writeCertifiedKey(path, made);
  return made;
}

/** A damaged server certificate is no loss: the CA signs another. */
async function readOrForget(path: string): Promise<CertifiedKey | undefined> {
  return readCertifiedKey(path).catch(() => undefined);
}

/** `nowMs` is null where the clock is surely wrong. */
async function isStillGood(
  certificate: X509Certificate,
  authority: CertifiedKey,
  hosts: readonly string[],
  nowMs: number | null,
): Promise<boolean> {
  const isCurrent = nowMs === null || [0, renewedDays].every((days) => isValidAt(certificate, nowMs + days * dayMs));
  if (!isCurrent || hostsOf(certificate).sort().join() !== [...hosts].sort().join()) return false;
  return certificate.verify({ publicKey: authority.keys.publicKey, signatureOnly: true });
}

function hostsOf(certificate: X509Certificate): string[] {
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
  return names.map(({ value }) => value);
}

function fingerprintOf(certificate: X509Certificate): string {
  const digest = createHash('sha256').update(new Uint8Array(certificate.rawData)).digest('hex').toUpperCase();
  return digest.match(/../g)?.join(':') ?? digest;
}
