import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BranchDoc, SettingsDoc } from '../../schema/company.ts';
import { errorAnswerShape } from '../../schema/protocol/error.ts';
import { paymentSettingsAnswerShape } from '../../schema/protocol/payment-settings.ts';
import { readAudit } from '../core/audit.ts';
import { DEMO_QRIS } from '../seed/demo-qris.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop, join(shop.dataDir, 'app'));
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

const ADDRESS = '/api/v1/payment-settings';
const put = (credential: string, body: unknown) => server.ask(ADDRESS, { credential, body: body as object });
async function docs() {
  const read = (id: string) => shop.core.store.read((tx) => tx.document('company', id));
  const [branch, settings] = await Promise.all([read('branch:utama'), read('settings')]);
  return {
    branch: JSON.parse(branch?.json ?? 'null') as BranchDoc,
    settings: JSON.parse(settings?.json ?? 'null') as SettingsDoc,
  };
}

test('[QRIS7] a manager sets the QRIS of the branch and the rounding of cash, one without the other, and takes them away', async () => {
  const { credential } = await shop.enrol('manager', 'M1');
  const before = await docs();
  expect(before.branch.qris).toBeUndefined();
  const rounding = { to: 100, rule: 'down' };
  const answer = await put(credential, { qris: DEMO_QRIS });
  expect(paymentSettingsAnswerShape.parse(answer.json)).toEqual({ qris: DEMO_QRIS, cashRounding: null });
  await put(credential, { cashRounding: rounding });
  const set = await docs();
  expect([set.branch.qris, set.settings.cashRounding]).toEqual([DEMO_QRIS, rounding]);
  expect(set.branch.rev.n).toBeGreaterThan(before.branch.rev.n);
  expect(set.settings).toMatchObject({ name: before.settings.name, currency: before.settings.currency });
  await put(credential, { qris: null, cashRounding: null });
  const gone = await docs();
  expect([gone.branch.qris, gone.settings.cashRounding]).toEqual([undefined, undefined]);
});

test('[QRIS7] what is no static QRIS, no rounding, or comes from a till changes nothing', async () => {
  const { credential } = await shop.enrol('manager', 'M1');
  const till = await shop.enrol('till', 'K1');
  const before = await docs();
  const codeOf = async (who: string, body: unknown) => errorAnswerShape.parse((await put(who, body)).json).error.code;
  for (const body of [{ qris: `${DEMO_QRIS}x` }, { qris: '' }, { cashRounding: { to: 0, rule: 'down' } }, { qris: 5 }])
    expect(await codeOf(credential, body)).toBe('bad-request');
  expect(await codeOf(till.credential, { qris: DEMO_QRIS })).toBe('not-allowed');
  expect(errorAnswerShape.parse((await server.ask(ADDRESS, { method: 'DELETE', credential })).json).error.code).toBe(
    'method-not-allowed',
  );
  expect(await docs()).toEqual(before);
});

test('[OFFICE7] [EDT20] a change of how the shop is paid is in the audit, under who made it, and a cashier makes none', async () => {
  const manager = await shop.enrol('manager', 'M1');
  const { credential } = manager;
  const refused = await put(credential, { qris: DEMO_QRIS, person: 'sari' });
  expect(errorAnswerShape.parse(refused.json).error.code).toBe('not-allowed');
  await put(credential, { qris: DEMO_QRIS, person: 'budi' });
  await put(credential, { qris: DEMO_QRIS, cashRounding: { to: 100, rule: 'down' }, person: 'budi' });
  await put(credential, { qris: null });
  const { rows } = await readAudit(shop.core, manager.stored, null);
  expect(rows.map(({ docId, person, base, patch }) => ({ docId, person, base, patch }))).toEqual(
    expect.arrayContaining([
      { docId: 'branch:utama', person: 'budi', base: { qris: null }, patch: { qris: DEMO_QRIS } },
      {
        docId: 'settings',
        person: 'budi',
        base: { cashRounding: null },
        patch: { cashRounding: { to: 100, rule: 'down' } },
      },
      { docId: 'branch:utama', person: manager.device.deviceId, base: { qris: DEMO_QRIS }, patch: { qris: null } },
    ]),
  );
  expect(rows).toHaveLength(3);
});
