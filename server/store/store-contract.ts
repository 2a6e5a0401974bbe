import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { branchIdShape, COMPANY_SCOPE, deviceIdShape, editIdShape, entryId } from '../../schema/ids.ts';
import { BRANCH, DEVICE, device, doc, entry, HASH, OTHER, SCOPE } from './contract-rows.ts';
import type { SaleTraces, Store, StoredDevice, WriteTx } from './store.ts';

/** A store under test, and what only its maker can do to it. */
export interface ContractStore {
  readonly store: Store;
  /** Makes the n-th write from now on fail (1 is the next); commits count as writes. 0 lets all pass again. */
  failWrite(n: number): void;
  /** Tries to change the journal past the port; rejects or throws when the store forbids it, as it must. */
  tamper(table: 'entry' | 'edit' | 'commit_tag', verb: 'update' | 'delete'): unknown;
  /** Closes, and opens the same data again. */
  reopen(): Promise<ContractStore>;
  close(): Promise<void>;
}

/** What every implementation of the store must do. Run it with a fresh store per test. */
export function storeContract(name: string, open: () => Promise<ContractStore>): void {
  let it: ContractStore;
  const write = <Value>(work: (tx: WriteTx) => Promise<Value>) => it.store.write([SCOPE, COMPANY_SCOPE], work);

  beforeEach(async () => {
    it = await open();
    await write((tx) => tx.addDevice(device()));
  });
  afterEach(() => it.close());

  describe(`${name}: transactions`, () => {
    test('[I1] a transaction that throws leaves nothing, and takes no number', async () => {
      const failing = write(async (tx) => {
        await tx.putDocument('products', doc('a'));
        await tx.insertEntry(entry(1));
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      const left = await it.store.read(async (tx) => [
        await tx.document('products', 'a'),
        await tx.entry(entryId(DEVICE, 1)),
        await tx.place(SCOPE),
      ]);
      expect(left).toEqual([undefined, undefined, { seq: 0, tag: '' }]);
      expect(await write((tx) => tx.putDocument('products', doc('a')))).toBe(1);
    });

    test('[I2] what is written is there after closing and opening', async () => {
      await write((tx) => tx.insertEntry(entry(1)));
      it = await it.reopen();
      expect(await it.store.read((tx) => tx.entry(entryId(DEVICE, 1)))).toMatchObject({ json: '{"n":1}', seq: 1 });
    });

    test('[I1] whichever write fails, all of it or none of it is there', async () => {
      const work = async (tx: WriteTx): Promise<void> => {
        await tx.insertEntry(entry(1));
        await tx.putDocument('stock', doc('s'));
        await tx.setHead(DEVICE, { seq: 1, hash: HASH });
      };
      const isThere = () =>
        it.store.read(async (tx) => [
          (await tx.entry(entryId(DEVICE, 1))) !== undefined,
          (await tx.document('stock', 's')) !== undefined,
          (await tx.head(DEVICE)) !== undefined,
        ]);
      let failures = 0;
      for (let n = 1; n <= 5; n += 1) {
        it.failWrite(n);
        const failed = await write(work).then(
          () => false,
          () => true,
        );
        it.failWrite(0);
        if (!failed) break;
        failures += 1;
        expect(await isThere()).toEqual([false, false, false]);
      }
      expect(await isThere()).toEqual([true, true, true]);
      expect(failures).toBe(4);
    });

    test('[STORE1] a read sees one snapshot, whatever is written meanwhile', async () => {
      await write((tx) => tx.putDocument('products', doc('a', '"old"')));
      const seen = await it.store.read(async (tx) => {
        const before = await tx.document('products', 'a');
        await write((other) => other.putDocument('products', doc('a', '"new"')));
        return [before?.json, (await tx.document('products', 'a'))?.json, (await tx.place(SCOPE)).seq];
      });
      expect(seen).toEqual(['"old"', '"old"', 1]);
    });

    test('[STORE2] writers of a scope run one after another', async () => {
      const add = () =>
        write(async (tx) => {
          const count = Number((await tx.meta('count')) ?? 0);
          await Promise.resolve();
          await tx.setMeta('count', String(count + 1));
        });
      await Promise.all(Array.from({ length: 20 }, add));
      expect(await it.store.read((tx) => tx.meta('count'))).toBe('20');
    });

    test('[STORE3] only declared scopes may change, and no document changes its scope', async () => {
      await expect(it.store.write([], (tx) => tx.putDocument('products', doc('a')))).rejects.toThrow('scope');
      await write((tx) => tx.putDocument('products', doc('a')));
      const moved = write((tx) => tx.putDocument('products', { ...doc('a'), scope: COMPANY_SCOPE }));
      await expect(moved).rejects.toThrow('scope');
    });

    test('[STORE4] a transaction is of no use after its end', async () => {
      const kept = await write(async (tx) => ({ tx }));
      expect(() => kept.tx.setMeta('late', 'x')).toThrow('after its end');
    });

    test('[STORE5] commits of this process wake listeners, with their scopes; failures do not', async () => {
      const heard: unknown[] = [];
      const stop = it.store.onCommit((commit) => heard.push([...commit.keys()]));
      await write((tx) => tx.putDocument('products', doc('a')));
      await write(() => Promise.reject(new Error('no'))).catch(() => undefined);
      await write((tx) => tx.setMeta('not', 'numbered'));
      stop();
      await write((tx) => tx.putDocument('products', doc('b')));
      expect(heard).toEqual([[SCOPE]]);
    });
  });

  describe(`${name}: the journal`, () => {
    test('[I1] an entry is stored once', async () => {
      await write((tx) => tx.insertEntry(entry(1)));
      await expect(write((tx) => tx.insertEntry(entry(1)))).rejects.toThrow();
      expect(await it.store.read((tx) => tx.countJournal(SCOPE, 0, OTHER))).toBe(1);
    });

    test('[OFFICE7] recorded edits are read page by page, the last to arrive first', async () => {
      const row = (device: typeof DEVICE, name: string, receivedAt: number) => {
        const editId = editIdShape.parse(name);
        return { deviceId: device, editId, edit: '{}', verdict: '{}', receivedAt };
      };
      const rows = [row(DEVICE, 'edit-0001', 1), row(OTHER, 'edit-0001', 2), row(DEVICE, 'edit-0002', 2)];
      for (const one of rows) await write((tx) => tx.addEditVerdict(one));
      const [newest] = await it.store.read((tx) => tx.editsBefore(null, 1));
      expect(newest?.receivedAt).toBe(2);
      const rest = await it.store.read((tx) => tx.editsBefore(newest ?? null, 9));
      expect(rest.map(({ receivedAt }) => receivedAt)).toEqual([2, 1]);
      expect(rest).not.toContainEqual(newest);
      expect(await it.store.read((tx) => tx.editsBefore(rest.at(-1) ?? null, 9))).toEqual([]);
    });

    test.each(['entry', 'edit', 'commit_tag'] as const)('[I13] %s only grows', async (table) => {
      await write(async (tx) => {
        await tx.insertEntry(entry(1));
        const editId = editIdShape.parse('edit-0001');
        await tx.addEditVerdict({ deviceId: DEVICE, editId, edit: '{}', verdict: '{}', receivedAt: 1 });
      });
      for (const verb of ['update', 'delete'] as const) {
        await expect((async () => it.tamper(table, verb))()).rejects.toThrow('only grows');
      }
    });

    test('[STK2] entries of a device come back in the order of its chain, gaps left open', async () => {
      for (const seq of [3, 1, 5]) await write((tx) => tx.insertEntry(entry(seq)));
      const rows = await it.store.read((tx) => tx.entriesFrom(DEVICE, 2, 10));
      expect(rows.map(({ entrySeq }) => entrySeq)).toEqual([3, 5]);
    });

    test('[I9] journal pages leave out the asking device and other scopes', async () => {
      await write(async (tx) => {
        await tx.addDevice(device(OTHER, 2));
        await tx.insertEntry(entry(1));
        await tx.insertEntry(entry(1, OTHER));
        await tx.insertEntry({ ...entry(2, OTHER), scope: COMPANY_SCOPE });
      });
      const page = await it.store.read((tx) => tx.journalAfter({ scope: SCOPE, after: 0, limit: 10 }, DEVICE));
      expect(page.map(({ id }) => id)).toEqual([entryId(OTHER, 1)]);
      expect(await it.store.read((tx) => tx.countJournal(SCOPE, 0, DEVICE))).toBe(1);
    });

    test('[STORE13] an entry quarantined later travels again, its text unchanged', async () => {
      await write((tx) => tx.insertEntry({ ...entry(1), flags: ['odd-clock', 'payments'] }));
      await write((tx) => tx.quarantineEntry(entryId(DEVICE, 1), 'prev'));
      const [row] = await it.store.read((tx) => tx.journalAfter({ scope: SCOPE, after: 1, limit: 10 }, OTHER));
      expect(row).toMatchObject({ seq: 2, verdict: 'quarantined', reason: 'prev', json: '{"n":1}' });
      expect(row?.flags).toEqual(['odd-clock', 'payments']);
    });

    test('[STORE13] [RET5] an entry flagged later travels again, and what is noted under one cart comes back by id', async () => {
      await write(async (tx) => {
        for (const seq of [1, 2]) await tx.insertEntry({ ...entry(seq), flags: ['odd-clock'] });
        for (const seq of [2, 1]) await tx.addSoldCart(SCOPE, 'refund:x', entryId(DEVICE, seq));
        await tx.reflagEntry(entryId(DEVICE, 1), ['odd-clock', 'over-refunded:50']);
      });
      const [row] = await it.store.read((tx) => tx.journalAfter({ scope: SCOPE, after: 2, limit: 10 }, OTHER));
      expect(row).toMatchObject({ seq: 3, verdict: 'accepted', flags: ['odd-clock', 'over-refunded:50'] });
      const noted = (scope: typeof SCOPE, cart: string) => it.store.read((tx) => tx.cartEntries(scope, cart, 10));
      expect(await noted(SCOPE, 'refund:x')).toEqual([entryId(DEVICE, 1), entryId(DEVICE, 2)]);
      expect([await noted(COMPANY_SCOPE, 'refund:x'), await noted(SCOPE, 'refund:y')]).toEqual([[], []]);
    });

    test('[STORE32] a sale of which anything is there is told from one of which nothing is', async () => {
      const traces = {
        scope: SCOPE,
        carts: ['cart', 'refund:1', 'correction:1'],
        draft: 'cart',
        target: 'release 1',
      } as const;
      const has = (more: Partial<SaleTraces> = {}) => it.store.read((tx) => tx.hasTraces({ ...traces, ...more }));
      expect(await has()).toBe(false);
      await write(async (tx) => {
        await tx.insertEntry(entry(1));
        await tx.addSoldCart(SCOPE, 'sold', entryId(DEVICE, 1));
        await tx.putDocument('drafts', doc('parked'));
        await tx.putDocument('stock', doc('cart'));
        await tx.settle('settled', entryId(DEVICE, 1));
      });
      expect(await has()).toBe(false);
      for (const place of [0, 1, 2]) {
        const carts = [...traces.carts].map((cart, at) =>
          at === place ? 'sold' : cart,
        ) as unknown as SaleTraces['carts'];
        expect(await has({ carts })).toBe(true);
        expect(await has({ carts, scope: COMPANY_SCOPE })).toBe(false);
      }
      expect([await has({ draft: 'parked' }), await has({ target: 'settled' })]).toEqual([true, true]);
    });

    test('[STORE25] what is noted under one cart is noted once, and read as far as is asked for', async () => {
      const ids = [3, 1, 2].map((seq) => entryId(DEVICE, seq));
      for (let turn = 0; turn < 2; turn += 1) {
        await write(async (tx) => {
          for (const id of [...ids, ...ids]) await tx.addSoldCart(SCOPE, 'x', id);
        });
      }
      const noted = (limit: number) => it.store.read((tx) => tx.cartEntries(SCOPE, 'x', limit));
      expect(await noted(10)).toEqual([...ids].sort());
      expect([await noted(2), await noted(0)]).toEqual([[...ids].sort().slice(0, 2), []]);
      expect(await it.store.read((tx) => tx.cartSold(SCOPE, 'x'))).toBe(true);
    });

    test('[STORE19] nothing of a time or later stands before the place that is found for it', async () => {
      const placeBefore = (receivedAt: number) => it.store.read((tx) => tx.journalSeqBefore(SCOPE, receivedAt));
      expect(await placeBefore(10)).toBe(0);
      await write(async (tx) => {
        for (const seq of [1, 2, 3]) await tx.insertEntry({ ...entry(seq), receivedAt: 10 * seq });
        await tx.insertEntry({ ...entry(4), scope: COMPANY_SCOPE, receivedAt: 25 });
        await tx.putDocument('stock', doc('s'));
      });
      expect([
        await placeBefore(0),
        await placeBefore(20),
        await placeBefore(21),
        await placeBefore(30),
        await placeBefore(31),
      ]).toEqual([...[0, 1, 2, 2, 4]]);
      // The server's clock was set back: what came then stands behind, and is found all the same.
      await write((tx) => tx.insertEntry({ ...entry(5), receivedAt: 5 }));
      expect([await placeBefore(30), await placeBefore(31)]).toEqual([2, 5]);
      await write((tx) => tx.quarantineEntry(entryId(DEVICE, 2), 'prev'));
      expect([await placeBefore(20), await placeBefore(31)]).toEqual([2, 6]);
    });

    test('[STORE6] a row set aside twice is kept once', async () => {
      const row = {
        courier: DEVICE,
        entryId: 'x',
        verdict: 'refused',
        reason: 'r',
        json: '{}',
        receivedAt: 1,
      } as const;
      await write((tx) => tx.setAside(row));
      await write((tx) => tx.setAside({ ...row, receivedAt: 2 }));
      await write((tx) => tx.setAside({ ...row, json: '[]', verdict: 'forked' }));
      expect(await it.store.read((tx) => tx.setAsideCount(DEVICE))).toBe(2);
    });

    test('[ENT16] a signature comes back beside its entry', async () => {
      await write((tx) => tx.insertEntry({ ...entry(1), signature: 'of the author' }));
      expect(await it.store.read((tx) => tx.entry(entryId(DEVICE, 1)))).toMatchObject({ signature: 'of the author' });
    });

    test('[ENT15] a target is settled once, for good', async () => {
      await write((tx) => tx.insertEntry(entry(1)));
      await write((tx) => tx.settle('target', entryId(DEVICE, 1)));
      await expect(write((tx) => tx.settle('target', entryId(DEVICE, 1)))).rejects.toThrow();
      const settled = await it.store.read(async (tx) => [await tx.settledBy('target'), await tx.settledBy('other')]);
      expect(settled).toEqual([entryId(DEVICE, 1), undefined]);
    });

    test('[F30] unreadable entries of a scope are found by id, page by page', async () => {
      await write(async (tx) => {
        await tx.addDevice(device(OTHER));
        const unreadable = { kind: 'unreadable', verdict: 'quarantined' } as const;
        await tx.insertEntry(entry(1));
        await tx.insertEntry({ ...entry(1, OTHER), ...unreadable });
        await tx.insertEntry({ ...entry(3), ...unreadable });
        await tx.insertEntry({ ...entry(2), ...unreadable });
        await tx.insertEntry({ ...entry(4), ...unreadable, scope: COMPANY_SCOPE });
      });
      const page = (after: string, limit: number) =>
        it.store.read(async (tx) => (await tx.unreadableEntries(SCOPE, after, limit)).map(({ id }) => id));
      expect(await page('', 2)).toEqual([entryId(DEVICE, 2), entryId(DEVICE, 3)]);
      expect(await page(entryId(DEVICE, 3), 2)).toEqual([entryId(OTHER, 1)]);
    });
  });

  describe(`${name}: devices`, () => {
    test('[F14] forks are found by the device they diverged from, and all authors by their branch', async () => {
      const elsewhere = branchIdShape.parse('cabang');
      const third = deviceIdShape.parse('1123456789abcdef');
      await write(async (tx) => {
        await tx.addDevice({ ...device(OTHER), credentialHash: null, forkOf: DEVICE });
        await tx.addDevice({ ...device(third), branch: elsewhere, credentialHash: null });
        for (const [seq, of] of [
          [1, DEVICE],
          [2, DEVICE],
          [2, OTHER],
          [2, third],
        ] as const)
          await tx.insertEntry(entry(seq, of));
      });
      const ids = (devices: readonly StoredDevice[]) => devices.map(({ deviceId }) => deviceId);
      const found = await it.store.read(async (tx) => [
        ids(await tx.forksOf(DEVICE)),
        ids(await tx.forksOf(OTHER)),
        ids(await tx.devicesOfBranch(BRANCH)),
      ]);
      expect(found).toEqual([[OTHER], [], [DEVICE, OTHER]]);
      const inForks = (seq: number) =>
        it.store.read(async (tx) => (await tx.forkEntries(DEVICE, seq)).map(({ id }) => id));
      expect([await inForks(1), await inForks(2)]).toEqual([[], [entryId(OTHER, 2)]]);
    });

    test('[STORE20] records of a kind come by their time and id, and go again', async () => {
      const put = (id: string, at: number) => write((tx) => tx.putRecord({ kind: 'command', id, at, json: `"${id}"` }));
      await put('b:1', 5);
      await put('a:2', 9);
      await put('a:1', 5);
      await put('a:1', 7);
      await write((tx) => tx.putRecord({ kind: 'report', id: 'a:1', at: 1, json: '{}' }));
      const ids = async (span: object) =>
        it.store.read(async (tx) => (await tx.records('command', { limit: 10, ...span })).map(({ id }) => id));
      expect(await ids({})).toEqual(['b:1', 'a:1', 'a:2']);
      expect(await ids({ prefix: 'a:' })).toEqual(['a:1', 'a:2']);
      expect(await ids({ until: 7 })).toEqual(['b:1', 'a:1']);
      expect(await ids({ limit: 1 })).toEqual(['b:1']);
      await write((tx) => tx.dropRecord('command', 'a:1'));
      expect(await ids({})).toEqual(['b:1', 'a:2']);
      expect(await it.store.read((tx) => tx.record('command', 'a:1'))).toBeUndefined();
      expect(await it.store.read((tx) => tx.record('command', 'a:2'))).toMatchObject({ at: 9, json: '"a:2"' });
    });

    test('[STORE22] what everything takes on the disk grows with what is stored', async () => {
      const before = await it.store.size();
      for (let n = 0; n < 40; n += 1)
        await write((tx) => tx.putDocument('products', doc(`p${n}`, `"${'x'.repeat(1_000)}"`)));
      expect(await it.store.size()).toBeGreaterThan(before + 30_000);
    });

    test('[STORE21] documents of two scopes come by id, those behind a place of each', async () => {
      for (const id of ['c', 'a', 'd']) await write((tx) => tx.putDocument('products', doc(id)));
      await write((tx) => tx.putDocument('products', { ...doc('b'), scope: COMPANY_SCOPE }));
      await write((tx) => tx.putDocument('company', doc('x')));
      const ids = async (after: number, page = { skip: 0, limit: 10 }) =>
        it.store.read(async (tx) => {
          const places = [
            { scope: SCOPE, after },
            { scope: COMPANY_SCOPE, after: 0 },
          ] as const;
          return (await tx.documentsById('products', places, page)).map(({ id }) => id);
        });
      expect(await ids(0)).toEqual(['a', 'b', 'c', 'd']);
      expect(await ids(0, { skip: 1, limit: 2 })).toEqual(['b', 'c']);
      expect(await ids(1)).toEqual(['a', 'b', 'd']);
    });

    test('[STORE24] documents of one kind are found by how their ids begin', async () => {
      const ids = ['person:b', 'person:a', 'personal', 'pers', 'tax:a'];
      await write(async (tx) => {
        for (const id of ids) await tx.putDocument('company', { id, scope: SCOPE, json: '{}' });
      });
      const named = (prefix: string, limit = 10) =>
        it.store.read(async (tx) => (await tx.documentsNamed('company', prefix, limit)).map(({ id }) => id));
      expect(await named('person:')).toEqual(['person:a', 'person:b']);
      expect([await named('person:', 1), await named('promotion:')]).toEqual([['person:a'], []]);
    });

    test('[STORE23] daily sums add up, are read by day and key, page by page over a span of days, and go again', async () => {
      const row = (day: string, key: string, total: number) => ({
        ...{ day, key, dimension: 'hour' as const, measures: { total, sales: 1 } },
      });
      const rows = [row('2026-01-31', '', 5), row('2026-01-31', '09', -2), row('2026-02-01', '', 70)];
      await write((tx) => tx.addDailySums(SCOPE, [...rows, { ...row('2026-01-31', '09', 1), dimension: 'till' }]));
      await write((tx) => tx.addDailySums(SCOPE, [row('2026-02-01', '', -63), row('2026-02-01', '08', 1)]));
      type Place = { readonly day: string; readonly key: string };
      const sums = (from: string, after: Place | null = null, limit = 10, to = '2026-02-01') =>
        it.store.read((tx) => tx.dailySumsAfter({ scope: SCOPE, dimension: 'hour', from, to }, after, limit));
      const both = { ...row('2026-02-01', '', 7), measures: { total: 7, sales: 2 } };
      const all = [rows[0], rows[1], both, row('2026-02-01', '08', 1)];
      expect(await sums('2026-01-01')).toEqual(all);
      expect(await sums('2026-02-01')).toEqual(all.slice(2));
      expect(await sums('2026-01-01', null, 10, '2026-01-31')).toEqual(all.slice(0, 2));
      expect(await sums('2026-01-01', { day: '2026-01-31', key: '' }, 2)).toEqual(all.slice(1, 3));
      expect(await sums('2026-01-01', { day: '2026-02-01', key: '08' })).toEqual([]);
      const place = { dimension: 'hour', day: '2026-02-01', key: '08' } as const;
      expect(await it.store.read((tx) => tx.dailySum(SCOPE, place))).toEqual({
        ...place,
        measures: { total: 1, sales: 1 },
      });
      const begun = (begin: string) =>
        it.store.read((tx) => tx.dailySumsOf(SCOPE, { dimension: 'hour', day: '2026-02-01' }, begin));
      expect([await begun('0'), await begun('08 ')]).toEqual([[row('2026-02-01', '08', 1)], []]);
      expect(await begun('')).toHaveLength(2);
      await write((tx) => tx.dropDailySums());
      expect(await sums('2026-01-01')).toEqual([]);
      expect(await it.store.read((tx) => tx.dailySum(SCOPE, place))).toBeUndefined();
    });

    test('[F27] a device that is known by its certificate alone gets a credential', async () => {
      await write((tx) => tx.addDevice({ ...device(OTHER), credentialHash: null }));
      for (const hash of ['old', 'new']) await write((tx) => tx.setCredential(OTHER, hash));
      expect(await it.store.read((tx) => tx.deviceByCredential('old'))).toBeUndefined();
      expect(await it.store.read((tx) => tx.deviceByCredential('new'))).toMatchObject({ deviceId: OTHER });
      await expect(write((tx) => tx.setCredential(deviceIdShape.parse('2'.repeat(16)), 'x'))).rejects.toThrow();
    });
  });
}
