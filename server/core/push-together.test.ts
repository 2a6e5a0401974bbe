import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows, signedRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { examinePush } from './examine-push.ts';
import { STEPS_MAX } from './journal-work.ts';
import { pushTogether } from './push-together.ts';

let shop: TestShop;
let tills: TestEnrolment[];
/** Transactions on the branch's journals that were tried. */
let tried: number;

beforeEach(async () => {
  shop = await openTestShop();
  await shop.addProduct('coffee');
  tills = [];
  for (let index = 1; index <= 8; index += 1) tills.push(await shop.enrol('till', `K${index}`));
  const { store } = shop.core;
  const write = store.write;
  tried = 0;
  store.write = async (scopes, work) => {
    tried += 1;
    return (await write.call(store, scopes, work)) as never;
  };
});
afterEach(() => shop.close());

const coffee = 'coffee' as never;
const rowsOf = (till: TestEnrolment, count: number) => {
  const journal = createTestJournal(till);
  return Array.from({ length: count }, () => journal.receive(coffee, 1));
};
const counted = async () => {
  const [stored] = await shop.core.store.read((tx) => tx.documentsNamed('stock', '', 1));
  return stored?.json;
};

test('[PUSH13] the pushes of eight devices that come at once share one commit, and each is answered for itself', async () => {
  const answers = await Promise.all(tills.map((till) => pushRows(shop.core, till, rowsOf(till, 3))));
  expect(tried).toBe(1);
  expect(answers.map(({ head }) => head.seq)).toEqual(Array(8).fill(3));
  expect(answers.every(({ verdicts }) => verdicts.every(({ verdict }) => verdict === 'accepted'))).toBe(true);
  expect(Object.values(JSON.parse((await counted()) ?? '').counters)).toEqual(Array(8).fill({ in: 3, out: 0, seq: 3 }));
});

test('[PUSH13] what fails of pushes that share a commit fails alone, and the others are stored once', async () => {
  const [first, second, third] = tills as [TestEnrolment, TestEnrolment, TestEnrolment];
  const request = signedRows(second, rowsOf(second, 1));
  const failing = await examinePush(shop.core, second.stored, request, 4);
  const answers = await Promise.allSettled([
    pushRows(shop.core, first, rowsOf(first, 2)),
    pushTogether(shop.core, failing, async () => {
      throw new Error('a bug');
    }),
    pushRows(shop.core, third, rowsOf(third, 2)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(tried).toBe(4);
  expect(Object.keys(JSON.parse((await counted()) ?? '').counters).sort()).toEqual(
    [first, third].map(({ device }) => device.deviceId).sort(),
  );
});

test('[PUSH13] [PUSH2] two pushes of one device never share a commit: the second is judged by what is said of the first', async () => {
  const [till] = tills as [TestEnrolment];
  const rows = rowsOf(till, 2);
  const [first, again] = await Promise.all([pushRows(shop.core, till, rows), pushRows(shop.core, till, rows)]);
  expect([first, again].map(({ verdicts }) => verdicts.map(({ verdict }) => verdict))).toEqual([
    ['accepted', 'accepted'],
    ['duplicate', 'duplicate'],
  ]);
  expect(tried).toBe(2);
});

test('[PUSH15] others are served between the rows of a long push', async () => {
  const [till] = tills as [TestEnrolment];
  const { breathe } = shop.deps;
  let breaths = 0;
  shop.deps.breathe = () => {
    breaths += 1;
    return breathe();
  };
  await pushRows(shop.core, till, rowsOf(till, 200));
  // One before it begins, so that what came with it comes along; then with every so many rows that are taken, and that are folded.
  expect(breaths).toBe(1 + 400 / STEPS_MAX);
});

test('[PUSH13] [PUSH17] a commit takes so many rows, and a sale that was just made is stored before whatever waits', async () => {
  const order: string[] = [];
  const push = async (till: TestEnrolment, count: number) => {
    await pushRows(shop.core, till, rowsOf(till, count));
    order.push(`${count} of ${till.device.till}`);
  };
  const backlogs = tills.slice(0, 7).map((till) => push(till, 200));
  await Promise.all([...backlogs, push(tills[7] as TestEnrolment, 1)]);
  // The sale, five backlogs, two.
  expect(tried).toBe(3);
  expect(order[0]).toBe('1 of K8');
});

test('[PUSH17] a backlog has its turn after every transaction of what was just sold, however much is sold', async () => {
  const [till, ...sellers] = tills as [TestEnrolment, ...TestEnrolment[]];
  const order: string[] = [];
  const backlog = pushRows(shop.core, till, rowsOf(till, 30)).then(() => order.push('backlog'));
  const selling = sellers.map(async (seller) => {
    const journal = createTestJournal(seller);
    for (let sold = 0; sold < 5; sold += 1) {
      await pushRows(shop.core, seller, [journal.receive(coffee, 1)]);
      order.push('sale');
    }
  });
  await Promise.all([backlog, ...selling]);
  expect(order.indexOf('backlog')).toBeLessThanOrEqual(2 * sellers.length);
  expect(order.length).toBe(1 + 5 * sellers.length);
});
