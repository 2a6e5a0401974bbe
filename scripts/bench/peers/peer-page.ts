import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { comeToRest } from '../at-rest.ts';
import { buildBenchPage } from '../build-page.ts';
import { makeProfile, openChromium } from '../chromium.ts';
import { openPageAt } from '../open-page.ts';
import type { Ends } from './ends.ts';
import type { Peer } from './peer.ts';
import { type PeerServer, requireInstalled, startPeerServer } from './peer-process.ts';

/** What a peer's page did. */
export interface PeerTime {
  readonly ms: number;
  readonly documents: number;
}

declare global {
  interface Window {
    /** What each peer's page offers. */
    laciPeer: {
      /** All documents of the server into a fresh database. */
      sync(given: unknown): Promise<PeerTime>;
      /** Opens what lies on the disk, and has all of it in hand. */
      open(given: unknown): Promise<PeerTime>;
      /** Stores documents one by one, without a server; milliseconds for each. */
      store(documents: readonly object[]): Promise<number[]>;
    };
  }
}

/** A peer's server, filled, and its page, built. */
export interface PeerShop {
  readonly peer: Peer;
  readonly server: PeerServer;
  readonly pageDir: string;
  readonly documents: number;
}

/** Starts a peer's server with as many of the products as it can take, and builds its page. */
export async function openPeerShop(
  ends: Ends,
  peer: Peer,
  products: readonly unknown[],
  folder: string,
): Promise<PeerShop> {
  requireInstalled(peer);
  const given = products.slice(0, peer.documentsMax);
  const [file, pageDir] = [join(folder, `${peer.name}.json`), join(folder, `page-${peer.name}`)];
  writeFileSync(file, JSON.stringify(given));
  await buildBenchPage(pageDir, join(peer.folder, 'page'));
  const server = await startPeerServer(ends, peer, file);
  return { peer, server, pageDir, documents: given.length };
}

/** Fills a fresh profile by the peer's own sync; gives the profile, the page and how long it took. Throws when documents are missing. */
export async function syncPeer(ends: Ends, shop: PeerShop) {
  const profile = makeProfile(ends);
  const opened = await openPeerPage(ends, shop, profile);
  const given: unknown = JSON.parse(shop.server.given);
  await comeToRest(opened.page);
  const time = await opened.page.evaluate((said) => window.laciPeer.sync(said), given);
  if (time.documents !== shop.documents)
    throw new Error(`${shop.peer.name} holds ${time.documents} of ${shop.documents} documents.`);
  return { ...opened, profile, time };
}

/** Opens the peer's page on a profile. */
export async function openPeerPage(ends: Ends, { server, pageDir }: PeerShop, profile: string) {
  const opened = await openChromium(ends, profile);
  await openPageAt(opened.page, server.origin, pageDir);
  await opened.page.waitForFunction(() => window.laciPeer !== undefined);
  return opened;
}

/** Opens what the peer has on this page's disk. */
export async function reopenPeer(page: Page, { server, peer, documents }: PeerShop): Promise<PeerTime> {
  const given: unknown = JSON.parse(server.given);
  const time = await page.evaluate((said) => window.laciPeer.open(said), given);
  if (time.documents !== documents)
    throw new Error(`${peer.name} opened with ${time.documents} of ${documents} documents.`);
  return time;
}
