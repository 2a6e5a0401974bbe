import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceEntry, ServerEntry } from '../../schema/entry/entry.ts';
import { type BranchId, branchScope, COMPANY_SCOPE, type ProductId, type TransferId } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { BRANCH } from '../seed/shop.ts';
import { type JournalChange, StoreFault } from '../store/store.ts';
import { readShop } from '../testing/read-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { makeBranch } from './branch-doc.ts';
import { closeGap } from './close-gap.ts';
import type { Core } from './core.ts';
import { openCore } from './open-core.ts';
import { pushEdits } from './push-edits.ts';
import { pushJournal } from './push-journal.ts';
import { tellNewBranches } from './tell-branches.ts';

let shop: TestShop;
let core: Core;
let coffee: ProductId;
/** A manager's device here and one in the other branch. */
let here: TestEnrolment;
let there: TestEnrolment;
let journal: TestJournal;
let other: TestJournal;
const transferId = 'kirim-1' as TransferId;

beforeEach(async () => {
  shop = await openTestShop();
  core = shop.core;
  coffee = await shop.addProduct('coffee');
  await core.store.write([COMPANY_SCOPE, branchScope(OTHER_BRANCH)], (tx) => makeBranch(tx, OTHER_BRANCH, 'Cabang'));
  [here, there] = [await shop.enrol('manager', 'M1'), await shop.enrol('manager', 'M1', OTHER_BRANCH)];
  [journal, other] = [createTestJournal(here), createTestJournal(there)];
});
afterEach(async () => {
  await core.store.close();
  await shop.close();
});

const units = (amount: number) => [{ productId: coffee, quantity: quantity(amount) }];
const out = (amount: number, toBranch: BranchId = OTHER_BRANCH, from = journal) =>
  from.write('transfer-out', { transferId, toBranch, lines: units(amount) });
const arrive = (amount: number) => other.write('transfer-in', { transferId, fromBranch: BRANCH, lines: units(amount) });

/** What a branch was told, in order, with the flags of each. */
async function told(branch: BranchId): Promise<readonly [kind: string, target: string, flags: string][]> {
  const rows = await journalOf(branch);
  return rows
    .filter(({ kind }) => /^transfer-(sent|arrived|settled)$/.test(kind))
    .map(({ kind, json, flags }) => [
      kind,
      (JSON.parse(json) as ServerEntry & { body: Target }).body.target,
      flags.join(),
    ]);
}
interface Target {
  readonly target: string;
}
function journalOf(branch: BranchId): Promise<readonly JournalChange[]> {
  const span = { scope: branchScope(branch), after: 0, limit: 1_000 };
  return core.store.read((tx) => tx.journalAfter(span, '0' as never));
}
const flagsOf = async (entry: DeviceEntry) =>
  (await core.store.read((tx) => tx.entry(entry.id)))?.flags.filter((flag) => flag !== 'no-approval');
const findings = () => verifyDatabase(join(shop.dataDir, 'laci.db'), { verify: shop.deps.verify }).findings;

test('[TRF1] [I9] what is sent is told to the other branch once, moves no stock there, and nothing else crosses', async () => {
  const rows = [journal.receive(coffee, 20), out(5)];
  await pushRows(core, here, rows);
  await pushRows(core, here, rows);
  expect(await told(OTHER_BRANCH)).toEqual([['transfer-sent', rows[1]?.id, '']]);
  expect(await told(BRANCH)).toEqual([]);
  expect((await journalOf(OTHER_BRANCH)).map(({ kind }) => kind)).toEqual(['transfer-sent']);
  const reader = readShop(core);
  expect(await reader.onHand(coffee)).toBe(15);
  expect(findings()).toEqual([]);
});

test('[TRF2] [TRF5] what arrives, and what settles the rest, is told back; too much and twice are flagged in both branches', async () => {
  const sent = out(5);
  await pushRows(core, here, [sent]);
  const [first, second] = [arrive(4), arrive(2)];
  await pushRows(core, there, [first]);
  expect(await told(BRANCH)).toEqual([['transfer-arrived', first.id, '']]);
  await pushRows(core, there, [second]);
  expect(await told(BRANCH)).toMatchObject([{}, ['transfer-arrived', second.id, 'transfer-again,transfer-more']]);
  expect(await flagsOf(second)).toEqual(['transfer-again', 'transfer-more']);
  expect(await flagsOf(first)).toEqual([]);
  const lines = [{ productId: coffee, delta: quantity(-1) }];
  const settled = journal.write('adjust', {
    reason: 'one too many',
    transfer: { transferId, branch: OTHER_BRANCH },
    lines,
  });
  await pushRows(core, here, [settled]);
  expect(await told(OTHER_BRANCH)).toMatchObject([{}, ['transfer-settled', settled.id, '']]);
  expect(findings()).toEqual([]);
});

test('[TRF5] what arrives before the sender is heard of is flagged until it is', async () => {
  const [sent, came] = [out(5), arrive(5)];
  await pushRows(core, there, [came]);
  expect(await flagsOf(came)).toEqual(['transfer-unknown']);
  expect(await told(BRANCH)).toEqual([['transfer-arrived', came.id, 'transfer-unknown']]);
  await pushRows(core, here, [sent]);
  expect(await flagsOf(came)).toEqual([]);
  expect(await told(BRANCH)).toEqual([['transfer-arrived', came.id, '']]);
});

test('[TRF3] to the own branch and to none nobody is told; the goods are gone all the same, and it is flagged', async () => {
  const rows = [out(5, BRANCH), out(2, 'nowhere' as BranchId)];
  await pushRows(core, here, rows);
  for (const row of rows) expect(await flagsOf(row)).toEqual(expect.arrayContaining(['transfer-branch']));
  expect([await told(BRANCH), await told(OTHER_BRANCH), await told('nowhere' as BranchId)]).toEqual([[], [], []]);
  expect(await readShop(core).onHand(coffee)).toBe(-7);
});

test('[TRF10] a branch that is made later is told what was sent to it before, once, and the flag goes', async () => {
  const late = 'pasar' as BranchId;
  const sent = out(3, late);
  await pushRows(core, here, [sent]);
  await tellNewBranches(core);
  expect([await told(late), await flagsOf(sent)]).toEqual([[], ['transfer-branch']]);
  await core.store.write([COMPANY_SCOPE, branchScope(late)], (tx) => makeBranch(tx, late, 'Pasar'));
  for (const _again of [1, 2]) await tellNewBranches(core);
  await pushRows(core, here, [sent]);
  expect([await told(late), await flagsOf(sent)]).toEqual([[['transfer-sent', sent.id, '']], []]);
  expect(findings()).toEqual([]);
});

test('[TRF1] one that waits for the entries before it is told when it counts, a late one and a released one once', async () => {
  const [first, sent, late, third] = [journal.receive(coffee, 9), out(2), out(1), journal.sell(coffee, 1)];
  await pushRows(core, here, [sent]);
  expect(await told(OTHER_BRANCH)).toEqual([]);
  await pushRows(core, here, [first, third]);
  expect(await told(OTHER_BRANCH)).toHaveLength(1);
  await closeGap(core, here.device.deviceId, 3, 'lost');
  await pushRows(core, here, [late]);
  await pushRows(core, here, [late]);
  expect((await told(OTHER_BRANCH)).map(([, target]) => target)).toEqual([sent.id, late.id]);
  const stub = journal.write('transfer-out', {
    transferId: 'kirim-2' as TransferId,
    toBranch: OTHER_BRANCH,
    lines: units(3),
  });
  await pushRows(core, here, [{ id: stub.id, prev: stub.prev, hash: stub.hash, stub: true, bytes: 99_999 }]);
  await pushRows(core, here, [stub]);
  await pushRows(core, here, [stub]);
  expect((await told(OTHER_BRANCH)).map(([, target]) => target)).toEqual([sent.id, late.id, stub.id]);
});

test('[TRF1] what two copies of a device sent under one id is told twice, and each once', async () => {
  const copy = createTestJournal(here);
  await pushRows(core, here, [out(5)]);
  const forked = copy.write('transfer-out', {
    transferId: 'kirim-2' as TransferId,
    toBranch: OTHER_BRANCH,
    lines: units(3),
  });
  await pushRows(core, here, [forked]);
  await pushRows(core, here, [forked]);
  expect(await told(OTHER_BRANCH)).toMatchObject([
    ['transfer-sent', forked.id, ''],
    ['transfer-sent', forked.id, ''],
  ]);
});

test('[TRF1] [F8] what a disk did not take between the two transactions is told with the next that anybody pushes', async () => {
  let writes = 0;
  const { store } = core;
  const write = store.write.bind(store);
  store.write = (...args) => {
    writes += 1;
    if (writes === 2) throw new StoreFault('failing', false, null);
    return write(...args);
  };
  const sent = out(5);
  await pushRows(core, here, [sent]);
  expect(await told(OTHER_BRANCH)).toEqual([]);
  await pushRows(core, here, [journal.receive(coffee, 1)]);
  expect(await told(OTHER_BRANCH)).toEqual([['transfer-sent', sent.id, '']]);
});

test('[TRF1] [F30] a server that stops between the two transactions tells it at its next start', async () => {
  let writes = 0;
  const stops = Object.create(core, {
    store: {
      value: {
        ...core.store,
        write: (...args: Parameters<Core['store']['write']>) => {
          writes += 1;
          if (writes > 1) throw new StoreFault('full', true, null);
          return core.store.write(...args);
        },
      },
    },
  }) as Core;
  const sent = out(5);
  expect(await pushRows(stops, here, [sent])).toMatchObject({ verdicts: [{ verdict: 'accepted' }] });
  expect(await told(OTHER_BRANCH)).toEqual([]);
  await core.store.close();
  core = await openCore(shop.dataDir, shop.deps);
  expect(await told(OTHER_BRANCH)).toEqual([['transfer-sent', sent.id, '']]);
});

test.each(['device', 'branch'])(
  '[TRF1] after a restore it is told once, where the %s brings it again first',
  async (first) => {
    const backup = makeBackup(shop.dataDir, undefined, shop.deps);
    if (!backup.ok) throw new Error(backup.error);
    const sent = out(5);
    await pushRows(core, here, [sent]);
    const lost = await journalOf(OTHER_BRANCH);
    const certificate = (await core.store.read((tx) => tx.device(lost[0]?.deviceId as never)))?.certificate as string;
    await core.store.close();
    const restored = await restoreBackup(shop.dataDir, backup.value.file, shop.deps);
    if (!restored.ok) throw new Error(restored.error);
    core = await openCore(shop.dataDir, shop.deps);
    const handIn = () =>
      pushJournal(core, there.stored, {
        entries: lost.map(({ json }) => JSON.parse(json) as unknown),
        signatures: lost.map(({ id, hash, signature }) => ({ id, hash, signature })),
        certificates: [certificate],
      });
    if (first === 'device') await pushRows(core, here, [sent], { resent: 9 });
    expect(await handIn()).toMatchObject({ verdicts: [{ verdict: 'accepted' }] });
    await pushRows(core, here, [sent], { resent: 9 });
    const both: [string, string, string][] = [['transfer-sent', sent.id, '']];
    expect(await told(OTHER_BRANCH)).toEqual([
      ...(first === 'device' ? both : []),
      ['transfer-sent', sent.id, 'returned'],
    ]);
    const again = out(2);
    await pushRows(core, here, [again]);
    expect((await told(OTHER_BRANCH)).at(-1)).toMatchObject(['transfer-sent', again.id, expect.anything()]);
    expect(findings()).toEqual([]);
  },
);

test('[TRF9] every branch knows what the others are called, and hears of a new name', async () => {
  const names = async () => {
    const stored = await core.store.read((tx) =>
      tx.documentsAfter('company', { scope: COMPANY_SCOPE, after: 0, limit: 99 }),
    );
    const docs = stored.map(({ json }) => JSON.parse(json) as { kind: string; name: string });
    return docs.flatMap(({ kind, name }) => (kind === 'branch-name' ? [name] : [])).sort();
  };
  expect(await names()).toEqual(['Cabang', 'Toko Laci Utama']);
  await core.store.write([COMPANY_SCOPE, branchScope(OTHER_BRANCH)], async (tx) => {
    expect(await makeBranch(tx, OTHER_BRANCH, 'Again')).toBe(false);
  });
  expect(await names()).toEqual(['Cabang', 'Toko Laci Utama']);
  const wish = {
    editId: 'edit-0001',
    collection: 'company',
    docId: `branch:${OTHER_BRANCH}`,
    baseRevision: { epoch: 1, n: 1 },
  };
  const change = { base: { name: 'Cabang' }, patch: { name: 'Cabang Baru' }, person: 'budi', at: 1 };
  expect(await pushEdits(core, there.stored, [{ ...wish, ...change }])).toMatchObject({
    verdicts: [{ verdict: 'accepted' }],
  });
  expect(await names()).toEqual(['Cabang Baru', 'Toko Laci Utama']);
});
