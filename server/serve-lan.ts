import { createServer } from 'node:http';
import { hostname } from 'node:os';
import express from 'express';
import type { Core } from './core/core.ts';
import { lanAddresses, lanHosts } from './lan/lan-hosts.ts';
import { lanNotice } from './lan/lan-notice.ts';
import { createLocalAuthority, type LocalAuthority } from './lan/local-authority.ts';
import { createTrustRouter } from './lan/trust-router.ts';

/** How the shop's network reaches this machine, and what it shows to be trusted. */
export interface LanService {
  readonly authority: LocalAuthority;
  /** The likeliest address of this machine in the shop's network. */
  readonly address: string;
}

/** Makes or reads the shop's certificate authority. */
export async function prepareLan(core: Core, dataDir: string): Promise<LanService> {
  const addresses = lanAddresses();
  const hosts = lanHosts(hostname(), addresses);
  const { now, randomBytes } = core.deps;
  const authority = await createLocalAuthority({ now, randomBytes, dataDir, hosts });
  return { authority, address: addresses[0] ?? '127.0.0.1' };
}

/** How often it is looked whether this machine has other addresses now, or its certificate nears its end, in milliseconds. */
const LOOK_MS = 60_000;

/**
 * Makes the certificate anew as long as the server runs, with `prepare`, and hands it on where it changed: a router gives other addresses, and a
 * server may run for longer than a certificate. Gives the way to stop.
 */
export function watchLan(
  { deps }: Pick<Core, 'deps'>,
  first: LanService,
  prepare: () => Promise<LanService>,
  changed: (lan: LanService) => void,
): () => void {
  let current = first;
  const look = async (): Promise<void> => {
    const lan = await prepare();
    if (lan.authority.cert === current.authority.cert) return;
    current = lan;
    changed(lan);
  };
  return deps.every(LOOK_MS, () => {
    look().catch((error: unknown) => deps.log.warn({ err: error }, 'the certificate could not be made anew'));
  });
}

export interface TrustPlace {
  readonly host: string;
  readonly port: number;
  /** Where the app is now, once its certificate is trusted. */
  readonly httpsUrl: () => string;
}

/** Serves, in plain HTTP, the page by which a device learns to trust the shop. Gives the way to stop. */
export async function serveTrustPage(lan: () => LanService, place: TrustPlace): Promise<() => Promise<void>> {
  const app = express();
  app.disable('x-powered-by');
  app.use((req, res, next) => {
    const { caCert, fingerprint } = lan().authority;
    createTrustRouter({ caCert, fingerprint, httpsUrl: place.httpsUrl() })(req, res, next);
  });
  app.use((_req, res) => res.redirect('/trust'));
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place.port, place.host, resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

/** What the terminal shows about the shop's network. */
export function lanText({ authority, address }: LanService, trustPort: number, httpsUrl: string): Promise<string> {
  const trustUrl = `http://${address}:${trustPort}/trust`;
  const isTerminal = process.stdout.isTTY === true;
  return lanNotice({ trustUrl, httpsUrl, fingerprint: authority.fingerprint, isTerminal });
}
