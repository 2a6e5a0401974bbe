import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCore } from '../core/open-core.ts';
import { readPush } from '../core/read-push.ts';
import { receivePush } from '../core/receive-push.ts';
import { settleInbox } from '../core/settle-inbox.ts';
import { readStatus } from '../core/status.ts';
import { BRANCH } from '../seed/shop.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { signedRows } from '../testing/test-push.ts';
import { openTestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';

test('[BACKUP4] [PUSH19] [F12] a backup holds what waits in the inbox, and says so; restored, it is taken once', async () => {
  const shop = await openTestShop();
  const [till, coffee] = [await shop.enrol(), await shop.addProduct('coffee')];
  const journal = createTestJournal(till);
  const read = readPush(
    signedRows(
      till,
      Array.from({ length: 10 }, () => journal.sell(coffee, 1)),
    ),
  );
  if (!read) throw new Error('The rows cannot be read.');
  await receivePush(shop.core, till.stored, read, 5);
  const backup = makeBackup(shop.dataDir, undefined, shop.deps);
  if (!backup.ok) throw new Error(backup.error);
  expect(backup.value.heads).toMatchObject([{ deviceId: till.device.deviceId, ...journal.head }]);
  await settleInbox(shop.core, BRANCH);
  await shop.core.store.close();
  const restored = await restoreBackup(shop.dataDir, backup.value.file, shop.deps);
  expect(restored.ok && restored.value.devices).toEqual([]);
  const core = await openCore(shop.dataDir, shop.deps);
  const { head, backedUp } = await readStatus(core, till.stored, { checkpoints: {} });
  expect([head, backedUp, core.inbox.length()]).toEqual([journal.head, 10, 10]);
  await settleInbox(core, BRANCH);
  expect(await core.store.read((tx) => tx.head(till.device.deviceId))).toEqual(journal.head);
  expect(verifyDatabase(join(shop.dataDir, 'laci.db'), { verify: shop.deps.verify }).findings).toEqual([]);
  await core.store.close();
  await shop.close();
});
