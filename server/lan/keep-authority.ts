import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type CertifiedKey, readCertifiedKey, writeCertifiedKey } from './certified-key.ts';
import { scopeFor } from './host-scope.ts';
import { backdatedDays, dayMs, type IssueDeps, issueAuthority } from './issue-certificate.ts';
import type { X509Certificate } from './x509.ts';

const CURRENT = 'authority.pem';
/** What a CA is called once its time was over by the clock: the clock may have been wrong. */
const ENDED = /^authority-ended-\d+\.pem$/;

/**
 * The shop's CA, made where there is none. Every device would have to trust a new one by hand, so no wrong clock costs it: one that is behind
 * says nothing about a CA that was made later, and a CA that ended by a clock far ahead is laid aside, and taken back once it is valid again.
 */
export async function keepAuthority(folder: string, hosts: readonly string[], deps: IssueDeps): Promise<CertifiedKey> {
  const path = join(folder, CURRENT);
  const kept = await readCertifiedKey(path);
  if (kept && isValidAt(kept.certificate, deps.now())) return kept;
  const back = await takeBack(folder, deps.now());
  if (back) return back;
  if (kept && deps.now() < madeAt(kept.certificate)) return kept;
  if (kept) renameSync(path, join(folder, `authority-ended-${kept.certificate.notAfter.getTime()}.pem`));
  const made = await issueAuthority(scopeFor(hosts), deps);
  writeCertifiedKey(path, made);
  return made;
}

/** A CA laid aside that is valid now is the shop's again. */
async function takeBack(folder: string, nowMs: number): Promise<CertifiedKey | undefined> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => ENDED.test(name)) : [];
  for (const name of names) {
    const ended = await readCertifiedKey(join(folder, name));
    if (!ended || !isValidAt(ended.certificate, nowMs)) continue;
    renameSync(join(folder, name), join(folder, CURRENT));
    return ended;
  }
  return undefined;
}

/** What the clock said when a certificate was made, in milliseconds since 1970. */
export function madeAt({ notBefore }: X509Certificate): number {
  return notBefore.getTime() + backdatedDays * dayMs;
}

export function isValidAt({ notBefore, notAfter }: X509Certificate, ms: number): boolean {
  return notBefore.getTime() <= ms && ms < notAfter.getTime();
}
