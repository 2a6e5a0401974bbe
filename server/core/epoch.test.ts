import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EpochDoc, epochDocShape } from '../../schema/company.ts';
import { branchScope, COMPANY_SCOPE, type ProductId } from '../../schema/ids.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import { emptyStock, type Stock } from '../../schema/stock/counter.ts';
import { openLedger } from '../keys/ledger.ts';
import { BRANCH } from '../seed/shop.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import type { Core } from './core.ts';
import { beginEpoch } from './epoch.ts';
import { openCore } from './open-core.ts';
import { pull } from './pull.ts';
import { readStatus } from './status.ts';

let shop: TestShop;
let till: TestEnrolment;
let core: Core;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  core = shop.core;
});
afterEach(async () => {
  await core.store.close();
  await shop.close();
});

const page = (collection: PulledCollection, checkpoint?: Checkpoint) =>
  pull(core, till.stored, { collection, checkpoint, limit: 1000 });
const putStock = async (branch = BRANCH, ...ids: string[]) => {
  await core.store.write([branchScope(branch)], async (tx) => {
    for (const id of ids) {
      const stock = emptyStock(branch, id as ProductId, 1);
      await tx.putDocument('stock', { id: stock.id, scope: stock.scope, json: JSON.stringify(stock) });
    }
  });
};
const epochDocs = async (): Promise<EpochDoc[]> => {
  const { documents } = await page('company');
  const docs = documents.map((text) => JSON.parse(text) as EpochDoc);
  return docs.filter(({ kind }) => kind === 'epoch').map((doc) => epochDocShape.parse(doc));
};
/** A checkpoint that the server signed and whose last commit is not there: what is left when the database was set back. */
const rolledBack = async (): Promise<Checkpoint> => {
  const { checkpoint } = await page('products');
  const future = core.positions.sign(core.epoch, COMPANY_SCOPE, { seq: 999, tag: 'lost' });
  return { ...checkpoint, scopes: { ...checkpoint.scopes, [COMPANY_SCOPE]: { ...future, grant: 'home' } } };
};

describe('a database that was set back', () => {
  test('[PULL5] a signed position beyond the history begins a new epoch before the page is answered', async () => {
    await shop.addProduct('coffee');
    const former = core.epoch;
    const answer = await page('products', await rolledBack());
    expect(core.epoch.n).toBe(former.n + 1);
    expect([answer.checkpoint.epoch, answer.documents.length]).toEqual([core.epoch, 1]);
  });

  test('[PULL5] a signed position whose seq was given to another commit is noticed', async () => {
    await shop.addProduct('coffee');
    const { checkpoint } = await page('products');
    const { seq } = checkpoint.scopes[COMPANY_SCOPE] as { seq: number };
    const other = core.positions.sign(core.epoch, COMPANY_SCOPE, { seq, tag: 'another' });
    await page('products', { ...checkpoint, scopes: { [COMPANY_SCOPE]: { ...other, grant: 'home' } } });
    expect((await epochDocs()).map(({ cause }) => cause)).toEqual(['first', 'rolled-back']);
  });

  test('[EPOCH2] the status notices too, and answers in the new epoch', async () => {
    const checkpoint = await rolledBack();
    const status = await readStatus(core, till.stored, { checkpoints: { stock: checkpoint } });
    expect([status.epoch.n, status.epoch]).toEqual([2, core.epoch]);
  });

  test('[EPOCH2] ten devices that notice at once make one epoch', async () => {
    const checkpoint = await rolledBack();
    const pages = await Promise.all(Array.from({ length: 10 }, () => page('products', checkpoint)));
    expect(new Set(pages.map((one) => one.checkpoint.epoch.n))).toEqual(new Set([2]));
    expect(await epochDocs()).toHaveLength(2);
  });

  test('[F25] [EPOCH2] a database put back under the same ledger is noticed by what devices hold', async () => {
    await shop.addProduct('before');
    await core.store.close();
    const file = join(shop.dataDir, 'laci.db');
    copyFileSync(file, `${file}.kept`);
    core = await openCore(shop.dataDir, shop.deps);
    await core.store.write([COMPANY_SCOPE], (tx) =>
      tx.putDocument('products', { id: 'lost', scope: COMPANY_SCOPE, json: '{}' }),
    );
    const { checkpoint } = await page('products');
    await core.store.close();
    for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    copyFileSync(`${file}.kept`, file);
    core = await openCore(shop.dataDir, shop.deps);
    expect(core.epoch).toEqual(checkpoint.epoch);
    const answer = await page('products', checkpoint);
    expect([answer.checkpoint.epoch.n, answer.documents.length]).toEqual([checkpoint.epoch.n + 1, 1]);
  });

  test.each(['mac', 'tag'] as const)(
    '[PULL3] a position with another %s makes that device start over, alone',
    async (field) => {
      await shop.addProduct('coffee');
      const checkpoint = await rolledBack();
      const position = checkpoint.scopes[COMPANY_SCOPE] as object;
      const forged = { ...checkpoint.scopes, [COMPANY_SCOPE]: { ...position, [field]: 'forged' } } as never;
      const answer = await page('products', { ...checkpoint, scopes: forged });
      expect([core.epoch.n, answer.documents.length]).toEqual([1, 1]);
    },
  );
});

describe('epochs of other histories', () => {
  test('[EPOCH8] a checkpoint of an earlier epoch is pulled from the beginning and begins none', async () => {
    await shop.addProduct('coffee');
    const { checkpoint } = await page('products');
    await core.epochs.beginIf(async () => ({ cause: 'rolled-back', after: [] }));
    const answer = await page('products', checkpoint);
    expect([core.epoch.n, answer.documents.length]).toEqual([2, 1]);
  });

  test('[EPOCH2] an epoch that this server signed and that nobody here knows begins one above it, once', async () => {
    const strange = { n: 7, id: 'z'.repeat(16) };
    const position = core.positions.sign(strange, COMPANY_SCOPE, { seq: 3, tag: 'x' });
    const checkpoint: Checkpoint = { epoch: strange, scopes: { [COMPANY_SCOPE]: { ...position, grant: 'home' } } };
    await Promise.all([page('products', checkpoint), page('stock', checkpoint)]);
    expect(core.epoch.n).toBe(8);
    await page('products', checkpoint);
    expect((await epochDocs()).map(({ epoch, cause }) => [epoch.n, cause])).toEqual([
      [1, 'first'],
      [8, 'unknown-epoch'],
    ]);
  });

  test('[EPOCH2] an epoch that somebody invented begins nothing', async () => {
    const { checkpoint } = await page('products');
    await page('products', { ...checkpoint, epoch: { n: 9, id: 'z'.repeat(16) } });
    expect(core.epoch.n).toBe(1);
  });

  test('[EPOCH1] a database older than the ledger begins a new epoch when it is opened', async () => {
    const ledger = openLedger(join(shop.dataDir, 'ledger.jsonl'));
    ledger.append({ kind: 'epoch', epoch: { n: 5, id: '5'.repeat(16) }, at: 1 });
    core = await openCore(shop.dataDir, shop.deps);
    expect(core.epoch.n).toBe(6);
    expect((await epochDocs()).at(-1)).toMatchObject({ cause: 'older-than-ledger', epoch: core.epoch });
    const again = await openCore(shop.dataDir, shop.deps);
    expect(again.epoch).toEqual(core.epoch);
    await again.store.close();
  });

  test('[EPOCH1] a ledger that was lost learns of the epoch, and begins none', async () => {
    rmSync(join(shop.dataDir, 'ledger.jsonl'));
    core = await openCore(shop.dataDir, shop.deps);
    expect(core.epoch).toEqual(shop.core.epoch);
    expect(core.ledger.knowsEpoch(core.epoch)).toBe(true);
  });
});

describe('the beginning of an epoch', () => {
  test('[EPOCH4] all stock is stamped anew in every branch, and commit sequences go on', async () => {
    const ids = Array.from({ length: 2500 }, (_, index) => `p${index}`);
    await putStock(BRANCH, ...ids);
    await putStock(OTHER_BRANCH, 'there');
    const before = await core.store.read((tx) => tx.place(branchScope(BRANCH)));
    await core.epochs.beginIf(async () => ({ cause: 'rolled-back', after: [] }));
    const stock = await core.store.read(async (tx) => [
      ...(await tx.documentsAfter('stock', { scope: branchScope(BRANCH), after: before.seq, limit: 5000 })),
      ...(await tx.documentsAfter('stock', { scope: branchScope(OTHER_BRANCH), after: 1, limit: 10 })),
    ]);
    expect(stock).toHaveLength(ids.length + 1);
    expect(new Set(stock.map(({ json }) => (JSON.parse(json) as Stock).epoch))).toEqual(new Set([2]));
    expect((await core.store.read((tx) => tx.place(branchScope(BRANCH)))).seq).toBe(before.seq + ids.length);
  });

  test('[EPOCH3] the ledger has it first; a number whose transaction failed is used up', async () => {
    const failing: Core['store'] = { ...core.store, write: () => Promise.reject(new Error('no room')) };
    const begun = beginEpoch({ ...core, store: failing }, 'rolled-back');
    await expect(begun).rejects.toThrow('no room');
    expect([core.ledger.lastEpoch(), (await core.store.read((tx) => tx.epoch()))?.n]).toEqual([2, 1]);
    expect((await beginEpoch(core, 'rolled-back')).n).toBe(3);
  });

  test('[EPOCH3] where the ledger cannot be written, nothing begins', async () => {
    const append = () => {
      throw new Error('read-only');
    };
    await expect(beginEpoch({ ...core, ledger: { ...core.ledger, append } }, 'rolled-back')).rejects.toThrow(
      'read-only',
    );
    expect((await core.store.read((tx) => tx.epochs())).map(({ n }) => n)).toEqual([1]);
  });

  test('[EPOCH7] when and why each epoch began is told to every branch', async () => {
    shop.deps.passTime(1000);
    await core.epochs.beginIf(async () => ({ cause: 'rolled-back', after: [] }));
    const [first, second] = await epochDocs();
    expect([first?.cause, second?.cause, second?.epoch]).toEqual(['first', 'rolled-back', core.epoch]);
    expect((second as EpochDoc).begunAt).toBeGreaterThan((first as EpochDoc).begunAt);
  });

  test('[EPOCH6] a page read while an epoch begins is of one epoch, whichever it is', async () => {
    await shop.addProduct('coffee');
    const began = core.epochs.beginIf(async () => ({ cause: 'rolled-back', after: [] }));
    const pages = await Promise.all(Array.from({ length: 20 }, () => page('company')));
    await began;
    for (const { checkpoint } of pages) {
      for (const [scope, position] of Object.entries(checkpoint.scopes)) {
        expect(core.positions.verify(checkpoint.epoch, scope as typeof COMPANY_SCOPE, position)).toBe(true);
      }
    }
  });
});
