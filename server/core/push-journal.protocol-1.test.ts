import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import recordedEntries from '../../schema/fixtures/v1/entries.json' with { type: 'json' };
import { COMPANY_SCOPE, type ProductId } from '../../schema/ids.ts';
import { type EntryVerdict, journalPushAnswerShape, journalPushShape } from '../../schema/protocol/push.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import { isShare } from '../../schema/stock/share.ts';
import type { StoredDevice } from '../store/store.ts';
import { readShop, type ShopReader } from '../testing/read-shop.ts';
import { signatureOf } from '../testing/test-push.ts';
import { makeTestKey, openTestShop, type TestShop } from '../testing/test-shop.ts';
import { pushJournal } from './push-journal.ts';

/** What a device of version 1 had on its disk: nothing in it is signed. */
const ENTRIES = recordedEntries as unknown as readonly DeviceEntry[];
const KEY = makeTestKey();

let shop: TestShop;
let device: StoredDevice;
let reader: ShopReader;

beforeEach(async () => {
  shop = await openTestShop();
  const [first] = ENTRIES;
  if (!first) throw new Error('nothing is recorded');
  const { stored } = await shop.enrol('till', 'K9');
  const { deviceId, branch } = first;
  const rest = { publicKey: JSON.stringify(KEY.publicKey), credentialHash: 'of version 1' };
  device = { ...stored, deviceId, branch, till: 'K1' as never, ...rest };
  await shop.core.store.write([COMPANY_SCOPE], (tx) => tx.addDevice(device));
  reader = readShop(shop.core, branch);
});
afterEach(() => shop.close());

const verdictsOf = ({ verdicts }: { readonly verdicts: readonly EntryVerdict[] }) => [
  ...new Set(verdicts.map(({ verdict }) => verdict)),
];

function plainSums(): ReadonlyMap<ProductId, number> {
  const sums = new Map<ProductId, number>();
  // A share that nobody gave is written off at once: what version 1 says of it is not what stands.
  for (const { productId, ...units } of ENTRIES.flatMap(stockEffects).filter((one) => !isShare(one.productId))) {
    sums.set(productId, (sums.get(productId) ?? 0) + units.in - units.out);
  }
  return sums;
}

async function expectCounted(): Promise<void> {
  for (const [productId, sum] of plainSums()) expect(await reader.onHand(productId)).toBe(sum);
}

test('[PUSH7] what version 1 recorded is taken under protocol 1, counted, and flagged as unsigned', async () => {
  const request = journalPushShape.parse({ entries: ENTRIES });
  const answer = await pushJournal(shop.core, device, request, 1);
  expect(verdictsOf(answer)).toEqual(['accepted']);
  expect(journalPushAnswerShape.parse(answer)).toEqual(answer);
  expect(answer.head).toMatchObject({ seq: ENTRIES.length, hash: ENTRIES.at(-1)?.hash });
  await expectCounted();
  const flags = (await reader.entriesOf(device.deviceId)).map((entry) => entry.flags.includes('unsigned'));
  expect(new Set(flags)).toEqual(new Set([true]));
});

test('[PUSH7] once updated, the device signs its newest entry, and so proves all that it wrote before', async () => {
  const signatures = signatureOf(KEY, ENTRIES.at(-1));
  const half = Math.floor(ENTRIES.length / 2);
  await pushJournal(shop.core, device, { entries: ENTRIES.slice(0, half) }, 1);
  expect(verdictsOf(await pushJournal(shop.core, device, { entries: ENTRIES.slice(half) }))).toEqual(['refused']);
  const answer = await pushJournal(shop.core, device, { entries: [...ENTRIES], signatures });
  expect(verdictsOf(answer)).toEqual(['duplicate', 'accepted']);
  await expectCounted();
  const flagged = (await reader.entriesOf(device.deviceId)).filter(({ flags }) => flags.includes('unsigned'));
  expect(flagged).toHaveLength(half);
});
