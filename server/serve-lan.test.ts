import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createLocalAuthority, type LocalAuthority } from './lan/local-authority.ts';
import { lanDeps } from './lan/testing/lan-deps.ts';
import { watchLan } from './serve-lan.ts';
import { startServer } from './start-server.ts';
import { openTestShop } from './testing/test-shop.ts';

/** What a device that trusts the CA hears that asks for the server by a name: `trusted`, or why not. */
function handshake(port: number, { caCert }: LocalAuthority, servername: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', ca: caCert, servername }, () => {
      socket.destroy();
      resolve('trusted');
    });
    socket.once('error', (error) => resolve(error.message));
  });
}

test('[LAN15] a server that runs on is trusted by the names it gets meanwhile', async () => {
  const shop = await openTestShop();
  const deps = lanDeps();
  const prepare = async (hosts: readonly string[]) => ({
    authority: await createLocalAuthority({ ...deps, hosts }),
    address: '127.0.0.1',
  });
  const lan = await prepare(['localhost']);
  const tls = lan.authority;
  const server = await startServer(shop.core, { host: '127.0.0.1', port: 0, appDir: `${shop.dataDir}/no-app`, tls });
  onTestFinished(async () => {
    await server.close();
    await shop.close();
  });
  expect(await handshake(server.port, lan.authority, 'kasir.local')).not.toBe('trusted');

  let look = (): void => undefined;
  const every = (_ms: number, work: () => void) => {
    look = work;
    return () => undefined;
  };
  let hosts = ['localhost'];
  const changes: string[] = [];
  const changed = new Promise<void>((resolve) => {
    watchLan(
      { deps: { ...shop.deps, every } },
      lan,
      () => prepare(hosts),
      ({ authority }) => {
        changes.push(authority.cert);
        server.certify(authority);
        resolve();
      },
    );
  });
  look();
  hosts = ['localhost', 'kasir.local'];
  look();
  await changed;
  expect(await handshake(server.port, lan.authority, 'kasir.local')).toBe('trusted');
  expect(changes).toHaveLength(1);
});
