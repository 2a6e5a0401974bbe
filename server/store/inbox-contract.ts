import { afterEach, beforeEach, expect, test } from 'vitest';
import { branchIdShape, deviceIdShape, hashShape, tillCodeShape } from '../../schema/ids.ts';
import type { InboxPush, Store } from './store.ts';
import type { ContractStore } from './store-contract.ts';

const BRANCH = branchIdShape.parse('utama');
const DEVICE = deviceIdShape.parse('0123456789abcdef');
const HASH = hashShape.parse('a'.repeat(64));

const push = (firstSeq: number, lastSeq: number): InboxPush => ({
  ...{ branch: BRANCH, deviceId: DEVICE, firstSeq, last: { seq: lastSeq, hash: HASH }, receivedAt: 5 },
  ...{ beside: '{"resent":1}', rows: new TextEncoder().encode(`{"n":${firstSeq}}\n{"n":${lastSeq}}`) },
});

/** What every implementation of the store must do with pushes that wait. Run it with a fresh store per test. */
export function inboxContract(name: string, open: () => Promise<ContractStore>): void {
  let it: ContractStore;
  beforeEach(async () => {
    it = await open();
    await it.store.write([], (tx) =>
      tx.addDevice({
        ...{ deviceId: DEVICE, branch: BRANCH, role: 'till', till: tillCodeShape.parse('K1'), generation: 1 },
        ...{ publicKey: '{}', certificate: 'c', credentialHash: 'h', enrolledAt: 1, forkOf: null },
      }),
    );
  });
  afterEach(() => it.close());
  const opened = (): Store => it.store;
  const placesIn = (store: Store) => store.read((tx) => tx.inboxPlaces(10));
  const endIn = (store: Store) => store.read((tx) => tx.inboxEnd(DEVICE));

  test(`[STORE29] ${name}: pushes that wait come back in the order of their arrival, as they came, after a reopening too`, async () => {
    await opened().write([], async (tx) => {
      await tx.putInInbox(push(1, 2));
      await tx.putInInbox(push(3, 7));
    });
    it = await it.reopen();
    const { store } = it;
    const [first, second, ...more] = await placesIn(store);
    expect([first, second]).toMatchObject([
      { branch: BRANCH, deviceId: DEVICE, length: 2 },
      { branch: BRANCH, deviceId: DEVICE, length: 5 },
    ]);
    expect(more).toEqual([]);
    const { rows, ...rest } = (await store.read((tx) => tx.inboxPush(second?.n ?? 0))) ?? push(0, 0);
    expect({ ...rest, rows: Uint8Array.from(rows) }).toEqual(push(3, 7));
    expect(await endIn(store)).toEqual({ seq: 7, hash: HASH });
    expect(await store.read((tx) => tx.inboxPlaces(1))).toEqual([first]);
  });

  test(`[STORE29] ${name}: what waits leaves once, and its number is never given again`, async () => {
    const lay = (first: number) => opened().write([], (tx) => tx.putInInbox(push(first, first)));
    const drop = (n: number) => opened().write([], (tx) => tx.dropFromInbox(n));
    await lay(1);
    const [place] = await placesIn(opened());
    const n = place?.n ?? 0;
    expect([await drop(n), await drop(n)]).toEqual([true, false]);
    expect([await endIn(opened()), await opened().read((tx) => tx.inboxPush(n))]).toEqual([undefined, undefined]);
    await lay(2);
    expect((await placesIn(opened()))[0]?.n).toBeGreaterThan(n);
  });
}
