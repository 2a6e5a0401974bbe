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

export interface TrustPlace {
  readonly host: string;
  readonly port: number;
  /** Where the app is, once its certificate is trusted. */
  readonly httpsUrl: string;
}

/** Serves, in plain HTTP, the page by which a device learns to trust the shop. Gives the way to stop. */
export async function serveTrustPage({ authority }: LanService, place: TrustPlace): Promise<() => Promise<void>> {
  const app = express();
  app.disable('x-powered-by');
  const { caCert, fingerprint } = authority;
  app.use(createTrustRouter({ caCert, fingerprint, httpsUrl: place.httpsUrl }));
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
