import { closeGap } from '../core/close-gap.ts';
import { pushEdits } from '../core/push-edits.ts';
import { retireDevice } from '../core/retire-device.ts';
import { createTestJournal } from './test-device.ts';
import { pushRows } from './test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestShop } from './test-shop.ts';

/**
 * A shop in which everything happened once: sales in two branches, a quarantined row and its release, a closed gap and a late entry
 * behind it, a fork, a retired device, edits, refused rows, a second epoch.
 */
export async function openBusyShop(): Promise<TestShop> {
  const shop = await openTestShop();
  const { core } = shop;
  const coffee = await shop.addProduct('coffee');
  for (let index = 0; index < 20; index += 1) await shop.addProduct(`p${index}`, { name: `Barang ${index}` });
  const [first, second, manager] = [
    await shop.enrol(),
    await shop.enrol('till', 'K2'),
    await shop.enrol('manager', 'M1'),
  ];
  const there = await shop.enrol('till', 'K1', OTHER_BRANCH);
  const journal = createTestJournal(first);
  await pushRows(core, first, [journal.receive(coffee, 500)]);
  const copy = createTestJournal(first, journal.head);
  for (let index = 0; index < 10; index += 1)
    await pushRows(core, first, [journal.sell(`p${index}` as typeof coffee, 1)]);
  await pushRows(core, first, [copy.sell(coffee, 7)]);
  const gapped = createTestJournal(second);
  const [kept, missing, behind] = [gapped.receive(coffee, 40), gapped.sell(coffee, 2), gapped.sell(coffee, 3)];
  await pushRows(core, second, [kept, behind, 'nonsense', { ...gapped.sell(coffee, 4), kind: 'unheard-of' }]);
  await closeGap(core, second.device.deviceId, 2, 'lost');
  await pushRows(core, second, [missing]);
  const foreign = createTestJournal(there);
  await pushRows(core, there, [foreign.receive(coffee, 9), foreign.sell(coffee, 1)]);
  const edit = { editId: 'edit-0001', collection: 'products', docId: 'p1', baseRevision: { epoch: 1, n: 1 } };
  const change = { base: { price: 1000 }, patch: { price: 1500 }, person: 'budi', at: 1 };
  await pushEdits(core, manager.stored, [{ ...edit, ...change }]);
  await core.epochs.beginIf(async () => ({ cause: 'rolled-back', after: [] }));
  await retireDevice(core, second.device.deviceId, 'gone');
  await pushRows(core, first, [journal.sell(coffee, 5)]);
  await core.store.write([], (tx) => tx.putRecord({ kind: 'report', id: first.device.deviceId, at: 1, json: '{}' }));
  return shop;
}
