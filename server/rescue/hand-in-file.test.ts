import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DraftChange } from '../../schema/draft.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { Hash, ProductId } from '../../schema/ids.ts';
import { rescueText } from '../../schema/rescue-text.ts';
import { entrySigningText } from '../../schema/signature.ts';
import { openCore } from '../core/open-core.ts';
import { readShop } from '../testing/read-shop.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { handInFile } from './hand-in-file.ts';

/** A stopped shop, and the file of a till that died with three entries unsent. */
let shop: TestShop;
let till: TestEnrolment;
let coffee: ProductId;
let entries: DeviceEntry[];

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  coffee = await shop.addProduct('coffee');
  const journal = createTestJournal(till);
  entries = [journal.receive(coffee, 10), journal.sell(coffee, 3), journal.sell(coffee, 2)];
  await shop.core.store.close();
});
afterEach(() => shop.close());

const signed = (entry: DeviceEntry) => ({ ...entry, signature: till.sign(entrySigningText(entry.id, entry.hash)) });
const fileOf = (rows: readonly unknown[], certificate = till.certificate) =>
  rescueText({ device: till.device, certificate, madeAt: 1, entries: [...rows], damaged: [] });
const handIn = (text: string) => handInFile(shop.dataDir, text, shop.deps);

async function onHand(): Promise<number> {
  const core = await openCore(shop.dataDir, shop.deps);
  const held = await readShop(core).onHand(coffee);
  await core.store.close();
  return held;
}

test('[STATE14] [F10] a dead till’s file is handed in at the stopped shop, entry by entry, and the same file again changes nothing', async () => {
  const file = fileOf(entries.map(signed));
  const first = await handIn(file);
  expect(first).toMatchObject({ ok: true, value: { till: 'K1', entries: 3, altered: 0 } });
  expect(first.ok && first.value.verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(await onHand()).toBe(5);
  const again = await handIn(file);
  expect(again.ok && again.value.verdicts.map(({ verdict }) => verdict)).toEqual([
    'duplicate',
    'duplicate',
    'duplicate',
  ]);
  expect(await onHand()).toBe(5);
});

test('[STATE15] a held cart of a dead till comes back at the stopped shop too', async () => {
  const heads = ['a'.repeat(64) as Hash];
  const change = { ...{ changeId: 'change-00000001', draftId: 'cart-00000001', kind: 'cart' }, bytes: 'AAAA' };
  const drafts = [{ ...change, baseHeads: [], heads }] as unknown as DraftChange[];
  const file = rescueText({
    device: till.device,
    certificate: till.certificate,
    madeAt: 1,
    entries: [],
    damaged: [],
    drafts,
  });
  expect(await handIn(file)).toMatchObject({ ok: true, value: { entries: 0, drafts: 1, draftsTaken: 1 } });
  const core = await openCore(shop.dataDir, shop.deps);
  expect(await core.store.read((tx) => tx.document('drafts', 'cart-00000001'))).toMatchObject({ scope: 'utama' });
  await core.store.close();
  expect(await handIn(file)).toMatchObject({ ok: true, value: { drafts: 1, draftsTaken: 1 } });
});

test('[STATE14] [STATE10] what is no such file, another shop’s, or signed by nobody changes nothing, and an altered entry is left out', async () => {
  const error = async (text: string) => {
    const answer = await handIn(text);
    return answer.ok ? '' : answer.error;
  };
  const whole = fileOf(entries.map(signed));
  expect(await error('x')).toContain('no rescue file');
  expect(await error(whole.slice(0, -9))).toContain('damaged');
  expect(await error(fileOf(entries.map(signed), 'a.b.c'))).toContain('another shop');
  const unsigned = await handIn(fileOf(entries));
  expect(unsigned.ok && unsigned.value.verdicts.map(({ verdict }) => verdict)).toEqual(Array(3).fill('refused'));
  expect(await onHand()).toBe(0);
  const [first, ...others] = entries.map(signed);
  expect(await handIn(fileOf([{ ...first, person: 'eve' }, ...others]))).toMatchObject({
    value: { entries: 2, altered: 1 },
  });
  const elsewhere = await handInFile(`${shop.dataDir}/none`, whole, shop.deps);
  expect(elsewhere).toMatchObject({ ok: false, error: expect.stringContaining('no shop') });
});
