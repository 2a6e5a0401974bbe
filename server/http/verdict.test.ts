import { expect, test } from 'vitest';
import { entryVerdictShape } from '../../schema/protocol/push.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop } from '../testing/test-shop.ts';

test('[EXC9] [I9] why an entry cannot be read is told to those who may edit in its branch, and to nobody else', async () => {
  const shop = await openTestShop();
  const server = await startTestServer(shop);
  const till = await shop.enrol('till', 'K1');
  const journal = createTestJournal(till);
  const coffee = await shop.addProduct('coffee');
  const [good, bad] = [journal.receive(coffee, 10), { ...journal.sell(coffee, 3), kind: 'gift' }];
  const { verdicts } = await pushRows(shop.core, till, [good, bad]);
  const ask = async (id: string, { credential }: { readonly credential: string }) =>
    server.ask(`/api/v1/verdicts/${id}`, { credential });
  const manager = await shop.enrol('manager', 'M1');
  const answer = await ask(bad.id, manager);
  expect(entryVerdictShape.parse(answer.json)).toEqual(verdicts[1]);
  expect(entryVerdictShape.parse(answer.json).reason).toContain('kind');
  expect((await ask(good.id, manager)).json).toEqual(verdicts[0]);
  const there = await shop.enrol('manager', 'M2', OTHER_BRANCH);
  const other = await ask(bad.id, there);
  expect([other.status, other.text.includes('kind')]).toEqual([404, false]);
  expect((await ask(bad.id, till)).status).toBe(403);
  expect((await ask('nothing', manager)).status).toBe(404);
  const sent = await server.ask(`/api/v1/verdicts/${bad.id}`, { method: 'POST', credential: manager.credential });
  expect(sent.status).toBe(405);
  await server.close();
  await shop.close();
});
