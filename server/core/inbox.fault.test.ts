import { afterEach, beforeEach, expect, test } from 'vitest';
import { BRANCH } from '../seed/shop.ts';
import { WRITES_MAX } from '../store/sqlite/faulty-run.ts';
import { dumpDatabase, openFaultyShop } from '../store/sqlite/faulty-shop.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { signedRows } from '../testing/test-push.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';
import { readPush } from './read-push.ts';
import { receivePush } from './receive-push.ts';
import { settleInbox } from './settle-inbox.ts';

let template: TestShop;
beforeEach(async () => {
  template = await openTestShop();
});
afterEach(() => template.close());

test('[PUSH19] [F8] [I1] whichever write fails while what was acknowledged is taken: it waits as before, and is taken once', async () => {
  const coffee = await template.addProduct('coffee');
  const till = await template.enrol();
  const { deviceId } = till.device;
  const journal = createTestJournal(till);
  const rows = Array.from({ length: 5 }, () => journal.sell(coffee, 1));
  const read = readPush(signedRows(till, rows));
  if (!read) throw new Error('The rows cannot be read.');
  await receivePush(template.core, till.stored, read, 5);
  await template.core.store.close();
  for (let n = 1; n < WRITES_MAX; n += 1) {
    const { core, gate, dataDir, close } = await openFaultyShop(template.dataDir);
    const before = dumpDatabase(dataDir);
    gate.arm(n);
    const taken = await settleInbox(core, BRANCH).then(
      () => true,
      () => false,
    );
    const { failed } = gate.disarm();
    expect(taken).toBe(!failed);
    if (failed) expect([dumpDatabase(dataDir), core.inbox.length()]).toEqual([before, 5]);
    await settleInbox(core, BRANCH);
    const [head, left] = await core.store.read(async (tx) => [await tx.head(deviceId), await tx.inboxEnd(deviceId)]);
    expect([head, left, core.inbox.length()]).toEqual([journal.head, undefined, 0]);
    await close();
    if (!failed) {
      expect(n).toBeGreaterThan(10);
      return;
    }
  }
  throw new Error('No run ended clean.');
});
