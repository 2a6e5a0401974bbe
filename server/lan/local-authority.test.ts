import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { readCertifiedKey } from './certified-key.ts';
import { issueServer } from './issue-certificate.ts';
import { privateKeyToPem } from './key-pair.ts';
import { createLocalAuthority, type LocalAuthority } from './local-authority.ts';
import { lanDeps } from './testing/lan-deps.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Serves HTTPS with a certificate, and connects as a device that trusts `ca` and asks for `host`: `trusted`, or why not. */
async function handshake(server: { key: string; cert: string }, ca: string, host: string): Promise<string> {
  const https = createServer(server).listen(0, '127.0.0.1');
  onTestFinished(() => void https.close());
  await new Promise((resolve) => https.once('listening', resolve));
  const { port } = https.address() as AddressInfo;
  return new Promise((resolve) => {
    const isAddress = /^[\d.]+$/.test(host);
    const socket = connect({ port, host: '127.0.0.1', ca, ...(isAddress ? {} : { servername: host }) }, () => {
      socket.end();
      resolve('trusted');
    });
    socket.once('error', (error) => resolve(error.message));
  });
}

test('[LAN3] a device that trusts the CA trusts the server, by name and by address', async () => {
  const made = await createLocalAuthority(lanDeps());
  for (const host of ['localhost', '127.0.0.1', 'kasir-1']) {
    expect(await handshake(made, made.caCert, host)).toBe('trusted');
  }
});

test('[LAN3] a device that does not trust the CA, or asks for another host, is not fooled', async () => {
  const made = await createLocalAuthority(lanDeps());
  const other = await createLocalAuthority(lanDeps());
  expect(await handshake(made, other.caCert, 'localhost')).not.toBe('trusted');
  expect(await handshake(made, made.caCert, 'elsewhere.local')).toMatch('does not match certificate');
});

test('[LAN4] a stolen CA key makes no certificate for the world outside', async () => {
  const deps = lanDeps();
  const made = await createLocalAuthority(deps);
  const authority = await readCertifiedKey(join(deps.dataDir, 'lan', 'authority.pem'));
  if (!authority) throw new Error('no authority');
  const bank = await issueServer(authority, ['bank.example'], deps);
  const server = { key: privateKeyToPem(bank.keys.privateKey), cert: bank.certificate.toString('pem') };
  expect(await handshake(server, made.caCert, 'bank.example')).toMatch('permitted subtree violation');
});

test('[LAN4] hosts there at the creation are within the scope; later ones outside it are named and left out', async () => {
  const deps = lanDeps({ hosts: ['localhost', 'pos.toko.example', '203.0.113.7'] });
  const made = await createLocalAuthority(deps);
  expect(made.uncoveredHosts).toEqual([]);
  expect(await handshake(made, made.caCert, 'pos.toko.example')).toBe('trusted');
  const moved = await createLocalAuthority({
    ...deps,
    hosts: ['localhost', 'new.example', '198.51.100.1', '203.0.113.8'],
  });
  expect(moved.uncoveredHosts).toEqual(['new.example', '198.51.100.1']);
  expect(new X509Certificate(moved.cert).subjectAltName).toBe('DNS:localhost, IP Address:203.0.113.8');
  expect(await handshake(moved, made.caCert, 'localhost')).toBe('trusted');
});

test('[LAN5] CA and server certificate are what browsers and phones ask for', async () => {
  const made = await createLocalAuthority(lanDeps());
  const ca = new X509Certificate(made.caCert);
  const server = new X509Certificate(made.cert);
  expect(ca.ca).toBe(true);
  expect(ca.subject).toMatch(/CN=Laci local CA [0-9a-f]{6}/);
  expect(ca.fingerprint256).toBe(made.fingerprint);
  expect(ca.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  expect(daysOf(ca)).toBe(3650);
  expect(server.ca).toBe(false);
  expect(server.checkIssued(ca) && server.verify(ca.publicKey)).toBe(true);
  expect(daysOf(server)).toBe(397);
  expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(server.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, DNS:kasir-1, IP Address:192.168.1.5');
  expect(server.serialNumber).not.toBe(ca.serialNumber);
});

test('[LAN6] nothing is made anew without need, whatever the order of the hosts', async () => {
  const deps = lanDeps();
  const first = await createLocalAuthority(deps);
  const again = await createLocalAuthority({
    ...deps,
    hosts: [...deps.hosts].reverse(),
    now: () => Date.now() + dayMs,
  });
  expect(again).toEqual(first);
});

test.each<[string, Partial<Parameters<typeof createLocalAuthority>[0]>]>([
  ['the hosts change', { hosts: ['localhost', '127.0.0.1', '192.168.1.77'] }],
  ['its end is near', { now: () => Date.now() + 367 * dayMs }],
  ['it has ended', { now: () => Date.now() + 500 * dayMs }],
])('[LAN6] the server gets a new certificate of the same CA when %s', async (_when, change) => {
  const deps = lanDeps();
  const first = await createLocalAuthority(deps);
  const second = await createLocalAuthority({ ...deps, ...change });
  expect(second.cert).not.toBe(first.cert);
  expect(second.key).not.toBe(first.key);
  expect(second.caCert).toBe(first.caCert);
});

test('[LAN6] a CA that is not valid by the clock is replaced, and the server follows', async () => {
  const deps = lanDeps();
  const first = await createLocalAuthority({ ...deps, now: () => Date.UTC(1999, 0) });
  const second = await createLocalAuthority(deps);
  expect(second.fingerprint).not.toBe(first.fingerprint);
  expect(await handshake(second, second.caCert, 'localhost')).toBe('trusted');
});

test.each<[string, number]>([
  ['1970, as a machine without a battery starts', 0],
  ['a year before the CA was made', Date.now() - 365 * dayMs],
])('[LAN14] a clock at %s costs neither the CA nor the certificate', async (_when, at) => {
  const deps = lanDeps();
  const first = await createLocalAuthority(deps);
  expect(await createLocalAuthority({ ...deps, now: () => at })).toEqual(first);
  const moved = await createLocalAuthority({
    ...deps,
    now: () => at,
    hosts: ['localhost', '127.0.0.1', '192.168.1.9'],
  });
  expect(moved.fingerprint).toBe(first.fingerprint);
  expect(await handshake(moved, first.caCert, 'localhost')).toBe('trusted');
});

test('[LAN14] a CA that a clock far ahead replaced is the shop’s again once the clock is right', async () => {
  const deps = lanDeps();
  const first = await createLocalAuthority(deps);
  const ahead = await createLocalAuthority({ ...deps, now: () => Date.UTC(2099, 0) });
  expect(ahead.fingerprint).not.toBe(first.fingerprint);
  for (const start of [1, 2]) {
    const again = await createLocalAuthority({ ...deps, now: () => Date.now() + start });
    expect(again.fingerprint).toBe(first.fingerprint);
    expect(await handshake(again, first.caCert, 'localhost')).toBe('trusted');
  }
});

test('[LAN7] the keys are readable by their owner only', async () => {
  const deps = lanDeps();
  await createLocalAuthority(deps);
  expect(statSync(join(deps.dataDir, 'lan')).mode & 0o777).toBe(0o700);
  for (const file of ['authority.pem', 'server.pem']) {
    expect(statSync(join(deps.dataDir, 'lan', file)).mode & 0o777).toBe(0o600);
  }
});

test('[LAN8] a damaged CA stops with the name of the file, and is not overwritten', async () => {
  const deps = lanDeps();
  await createLocalAuthority(deps);
  const path = join(deps.dataDir, 'lan', 'authority.pem');
  writeFileSync(path, 'half a');
  await expect(createLocalAuthority(deps)).rejects.toThrow(path);
  expect(readFileSync(path, 'utf8')).toBe('half a');
});

test("[LAN8] a damaged or foreign server certificate is replaced, and the CA's stays", async () => {
  const deps = lanDeps();
  const first = await createLocalAuthority(deps);
  const path = join(deps.dataDir, 'lan', 'server.pem');
  for (const text of ['half a', await foreignServer()]) {
    writeFileSync(path, text);
    const next: LocalAuthority = await createLocalAuthority(deps);
    expect(next.fingerprint).toBe(first.fingerprint);
    expect(await handshake(next, first.caCert, 'localhost')).toBe('trusted');
  }
});

/** What another shop's CA signed for the same hosts. */
async function foreignServer(): Promise<string> {
  const deps = lanDeps();
  await createLocalAuthority(deps);
  return readFileSync(join(deps.dataDir, 'lan', 'server.pem'), 'utf8');
}

function daysOf({ validFrom, validTo }: X509Certificate): number {
  return (Date.parse(validTo) - Date.parse(validFrom)) / dayMs;
}
