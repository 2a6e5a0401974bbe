import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY_SCOPE } from '../../schema/ids.ts';
import { DEVICE, device, doc, entry, SCOPE } from './contract-rows.ts';
import type { WriteTx } from './store.ts';
import type { ContractStore } from './store-contract.ts';

/** How every store numbers its changes and gives them back. Run it with a fresh store per test. */
export function orderContract(open: () => Promise<ContractStore>): void {
  let it: ContractStore;
  const write = <Value>(work: (tx: WriteTx) => Promise<Value>) => it.store.write([SCOPE, COMPANY_SCOPE], work);

  beforeEach(async () => {
    it = await open();
    await write((tx) => tx.addDevice(device()));
  });
  afterEach(() => it.close());

  test('[STORE7] numbers of a scope rise by one per change, in commit order, apart from other scopes', async () => {
    const first = await write(async (tx) => [
      await tx.putDocument('products', doc('a')),
      await tx.insertEntry(entry(1)),
      await tx.putDocument('company', { id: 'c', scope: COMPANY_SCOPE, json: '{}' }),
    ]);
    const second = await write((tx) => tx.putDocument('products', doc('a')));
    expect([first, second]).toEqual([[1, 2, 1], 3]);
  });

  test('[STORE8] one tag per commit covers all its numbers, and no other commit has it', async () => {
    await write(async (tx) => {
      await tx.putDocument('products', doc('a'));
      await tx.putDocument('products', doc('b'));
    });
    await write((tx) => tx.putDocument('products', doc('c')));
    const tags = await it.store.read((tx) => Promise.all([0, 1, 2, 3, 4].map((seq) => tx.tagAt(SCOPE, seq))));
    expect(tags[0]).toBeUndefined();
    expect(tags[1]).toBe(tags[2]);
    expect(tags[3]).not.toBe(tags[2]);
    expect(tags[4]).toBeUndefined();
    expect(await it.store.read((tx) => tx.place(SCOPE))).toEqual({ seq: 3, tag: tags[3] });
    expect(await it.store.read((tx) => tx.tagAt(COMPANY_SCOPE, 1))).toBeUndefined();
  });

  test('[STORE18] epochs come in their order, the newest is the current one, and every scope written in is known', async () => {
    const epochs = [
      { n: 1, id: '0123456789abcdef' },
      { n: 4, id: 'fedcba9876543210' },
    ];
    for (const epoch of epochs) await write((tx) => tx.addEpoch(epoch, 1));
    await write((tx) => tx.putDocument('products', doc('a')));
    const read = await it.store.read(async (tx) => [await tx.epoch(), await tx.epochs(), await tx.scopes()]);
    expect(read).toEqual([epochs[1], epochs, [SCOPE]]);
  });

  test('[STORE9] a document is served once, at its last change; pages follow commit order', async () => {
    for (const id of ['a', 'b', 'a', 'c']) await write((tx) => tx.putDocument('products', doc(id)));
    await write((tx) => tx.putDocument('stock', doc('s')));
    const page = (after: number, limit: number) =>
      it.store.read((tx) => tx.documentsAfter('products', { scope: SCOPE, after, limit }));
    expect((await page(0, 10)).map(({ id, seq }) => [id, seq])).toEqual([
      ['b', 2],
      ['a', 3],
      ['c', 4],
    ]);
    expect((await page(2, 1)).map(({ id }) => id)).toEqual(['a']);
    expect(await it.store.read((tx) => tx.countDocuments('products', SCOPE, 2))).toBe(2);
  });

  test('[STORE10] the tail merges documents and entries in commit order, and cuts at its limit', async () => {
    await write((tx) => tx.putDocument('products', doc('a')));
    await write((tx) => tx.insertEntry(entry(1)));
    await write((tx) => tx.putDocument('stock', { ...doc('s'), movedBy: DEVICE }));
    await write((tx) => tx.putDocument('stock', { ...doc('s'), movedBy: DEVICE }));
    const changes = await it.store.read((tx) => tx.changesAfter({ scope: SCOPE, after: 0, limit: 10 }));
    expect(changes.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['document', 1],
      ['entry', 2],
      ['document', 4],
    ]);
    expect(changes[2]).toMatchObject({ collection: 'stock', previousSeq: 3, movedBy: DEVICE });
    const cut = await it.store.read((tx) => tx.changesAfter({ scope: SCOPE, after: 0, limit: 2 }));
    expect(cut.map(({ seq }) => seq)).toEqual([1, 2]);
  });
}
