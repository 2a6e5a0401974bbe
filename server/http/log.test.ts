import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startServer } from '../start-server.ts';
import { until } from '../testing/test-deps.ts';
import { openTestShop } from '../testing/test-shop.ts';

test('[ENR3] the log holds no credential, however much it is asked to say', async () => {
  const shop = await openTestShop();
  const till = await shop.enrol();
  let text = '';
  const write = (line: string): void => {
    text += line;
  };
  const log = pino({ level: 'trace' }, { write });
  const core = Object.create(shop.core, { deps: { value: { ...shop.deps, log } } }) as typeof shop.core;
  const server = await startServer(core, { host: '127.0.0.1', port: 0, appDir: `${shop.dataDir}/no-app` });
  for (const credential of [till.credential, 'of-no-device-at-all']) {
    const headers = { authorization: `Bearer ${credential}` };
    await (await fetch(`http://127.0.0.1:${server.port}/sync/v1/stock/pull`, { headers })).text();
  }
  await until('both requests in the log', () => text.split('/sync/v1/stock/pull').length > 2);
  expect(text).not.toContain(till.credential);
  expect(text).not.toContain('of-no-device-at-all');
  await server.close();
  await shop.close();
});
