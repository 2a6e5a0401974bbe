import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { ProductId } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import { forkDeviceId } from '../../schema/signature.ts';
import { readShop, type ShopReader } from '../testing/read-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { FORKS_MAX } from './forks.ts';
import { retireDevice } from './retire-device.ts';
import { ASIDE_KEPT_MAX, ASIDE_LENGTH_MAX } from './set-aside.ts';
import { readStatus } from './status.ts';

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
/** The same device, copied after its first entry. */
let copy: TestJournal;
let coffee: ProductId;
let reader: ShopReader;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
  coffee = await shop.addProduct('coffee');
  reader = readShop(shop.core);
  await push(journal.receive(coffee, 100));
  copy = createTestJournal(till, journal.head);
});
afterEach(() => shop.close());

const push = (...rows: unknown[]) => pushRows(shop.core, till, rows);
const verdictsOf = async (...rows: unknown[]) => (await push(...rows)).verdicts.map(({ verdict }) => verdict);
const forks = () => reader.forksOf(till.device.deviceId);

describe('a copied device', () => {
  test('[F14] its diverging run is filed under a device named after its first diverging entry, and counts once', async () => {
    await push(journal.sell(coffee, 1), journal.sell(coffee, 2));
    const [first, second] = [copy.sell(coffee, 10), copy.sell(coffee, 20)];
    const answer = await push(first, second);
    expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual(['forked', 'forked']);
    expect(answer.head.seq).toBe(journal.head.seq);
    const id = forkDeviceId(first.id, first.hash);
    expect(await forks()).toMatchObject([{ deviceId: id, forkOf: till.device.deviceId, credentialHash: null }]);
    const filed = await reader.entriesOf(id);
    expect(filed.map(({ entrySeq, flags }) => [entrySeq, flags.includes('forked')])).toEqual([
      [2, true],
      [3, true],
    ]);
    expect(filed.map(({ json }) => JSON.parse(json))).toEqual([first, second]);
    expect(await reader.counter(id, coffee)).toEqual({ in: 0, out: 30, seq: 3 });
    expect(await reader.onHand(coffee)).toBe(67);
    expect(await reader.deviceDoc(id)).toMatchObject({ forkOf: till.device.deviceId, active: false });
  });

  test('[PUSH6] asked again, a forked row is still forked, and what follows joins its fork', async () => {
    await push(journal.sell(coffee, 1));
    const [first, second] = [copy.sell(coffee, 10), copy.sell(coffee, 20)];
    expect(await verdictsOf(first)).toEqual(['forked']);
    expect(await verdictsOf(first, second, first)).toEqual(['forked', 'forked', 'forked']);
    expect(await forks()).toHaveLength(1);
    expect(await reader.onHand(coffee)).toBe(69);
  });

  test('[F14] one that goes on from what the server does not hold diverges too, whichever came first', async () => {
    const [lost, kept] = [copy.sell(coffee, 10), copy.sell(coffee, 20)];
    await push(journal.sell(coffee, 1));
    expect(await verdictsOf(kept)).toEqual(['forked']);
    expect(await verdictsOf(lost)).toEqual(['forked']);
    expect(await verdictsOf(journal.sell(coffee, 2))).toEqual(['accepted']);
    expect(await reader.onHand(coffee)).toBe(67);
  });

  test('[F14] an entry that came early and turns out to follow another history counts as the fork it is', async () => {
    const [lost, early] = [copy.sell(coffee, 10), copy.sell(coffee, 20)];
    expect(await verdictsOf(early)).toEqual(['accepted']);
    const two = journal.sell(coffee, 1);
    expect((await push(two)).head.seq).toBe(3);
    expect(await verdictsOf(early, lost)).toEqual(['forked', 'forked']);
    expect(await reader.onHand(coffee)).toBe(69);
  });

  test('[PUSH10] a copied device is told a head that proves nothing, so that it does not take what stands before its own entry there for held', async () => {
    const [lost, early] = [copy.sell(coffee, 10), copy.sell(coffee, 20)];
    await push(early);
    const { head } = await push(journal.sell(coffee, 1));
    expect(head).toEqual({ seq: early.seq, hash: EMPTY_HEAD.hash });
    const stored = must(await shop.core.store.read((tx) => tx.device(till.device.deviceId)), 'the till');
    expect((await readStatus(shop.core, stored, { checkpoints: {} })).head).toEqual(head);
    expect(await verdictsOf(lost)).toEqual(['forked']);
  });

  test('[F14] a copy of a copy has a fork of its own', async () => {
    await push(journal.sell(coffee, 1));
    await push(copy.sell(coffee, 10));
    const second = createTestJournal(till, copy.head);
    await push(copy.sell(coffee, 20));
    expect(await verdictsOf(second.sell(coffee, 30))).toEqual(['forked']);
    expect(await forks()).toHaveLength(2);
    expect(await reader.onHand(coffee)).toBe(39);
  });

  test('[F14] what cannot be read in a fork is kept there, and what follows counts', async () => {
    await push(journal.sell(coffee, 1));
    const broken = { ...copy.sell(coffee, 10), kind: 'gift' };
    expect(await verdictsOf(broken, copy.sell(coffee, 20))).toEqual(['forked', 'forked']);
    expect(await reader.onHand(coffee)).toBe(79);
  });

  test('[STK6] a fork can be retired: its counter moves into the base, and what it sends later counts there', async () => {
    await push(journal.sell(coffee, 1));
    const first = copy.sell(coffee, 10);
    await push(first);
    const id = forkDeviceId(first.id, first.hash);
    expect(await retireDevice(shop.core, id, 'enrolled anew')).toBe(true);
    await push(copy.sell(coffee, 20));
    expect(await reader.stock(coffee)).toMatchObject({ base: { in: 0, out: 30 }, n: 3 });
    expect(await reader.onHand(coffee)).toBe(69);
  });
});

describe('bounds', () => {
  test('[PUSH8] beyond the bound of forks a row is refused and kept aside while there is room: what does not count is not acknowledged', async () => {
    const at = journal.head;
    const rows = Array.from({ length: FORKS_MAX + 2 }, (_, index) =>
      createTestJournal(till, at).sell(coffee, index + 1),
    );
    await push(journal.sell(coffee, 1));
    const verdicts = await verdictsOf(...rows.slice(0, FORKS_MAX));
    expect(new Set(verdicts)).toEqual(new Set(['forked']));
    expect(await forks()).toHaveLength(FORKS_MAX);
    const [kept] = (await push(rows[FORKS_MAX])).verdicts;
    expect(kept).toMatchObject({ verdict: 'refused', reason: expect.stringContaining('too many') });
    const aside = () => shop.core.store.read((tx) => tx.setAsideCount(till.device.deviceId));
    expect(await aside()).toBe(1);
    await fillAside();
    expect(await verdictsOf(rows[FORKS_MAX + 1])).toEqual(['refused']);
    expect(await aside()).toBe(ASIDE_KEPT_MAX);
  });

  test('[PUSH8] a row that is larger than any sale is refused and not kept', async () => {
    const large = { ...journal.sell(coffee, 1), id: 'nowhere', note: 'x'.repeat(ASIDE_LENGTH_MAX) };
    expect(await verdictsOf(large, { ...large, note: '' })).toEqual(['refused', 'refused']);
    expect(await shop.core.store.read((tx) => tx.setAsideCount(till.device.deviceId))).toBe(1);
  });

  async function fillAside(): Promise<void> {
    const courier = till.device.deviceId;
    await shop.core.store.write([], async (tx) => {
      for (let n = await tx.setAsideCount(courier); n < ASIDE_KEPT_MAX; n += 1) {
        await tx.setAside({ courier, entryId: '', verdict: 'refused', reason: '', json: String(n), receivedAt: 1 });
      }
    });
  }
});
