import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deviceDocShape } from '../../schema/company.ts';
import { tillCodeShape } from '../../schema/ids.ts';
import { ENROL_CODE_LIFE_MS, ENROL_TRIES_MAX } from '../../schema/limits.ts';
import { openLedger } from '../keys/ledger.ts';
import { BRANCH } from '../seed/shop.ts';
import { makePublicKey, openTestShop, type TestShop } from '../testing/test-shop.ts';
import { findDevice } from './credential.ts';
import { deviceDocId } from './device-record.ts';
import { enrolDevice } from './enrol.ts';
import { createCode } from './enrol-code.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openTestShop();
});
afterEach(() => shop.close());

const codeFor = async (till = 'K1', role: 'till' | 'manager' = 'till') => {
  const code = await createCode(shop.core, { branch: BRANCH, role, till: tillCodeShape.parse(till) });
  return code.ok ? code.value.code : code.error;
};
const enrol = (code: string) => enrolDevice(shop.core, { code, publicKey: makePublicKey() });
const deviceDoc = async (deviceId: string) => {
  const stored = await shop.core.store.read((tx) => tx.document('company', deviceDocId(deviceId as never)));
  return deviceDocShape.parse(JSON.parse(stored?.json ?? ''));
};

test('[ENR3] the certificate is the shop key’s word for who the device is and which key it has', async () => {
  const publicKey = makePublicKey();
  const answer = await enrolDevice(shop.core, { code: await codeFor(), publicKey });
  if (!answer.ok) throw new Error(answer.error);
  const keys = createLocalJWKSet({ keys: [{ ...answer.value.shopKey, alg: 'ES256' }] });
  const { payload } = await jwtVerify(answer.value.certificate, keys);
  expect(payload).toMatchObject({ ...answer.value.device, publicKey });
});

test('[ENR3] the server keeps only the hash of credential and code', async () => {
  const code = await codeFor();
  const answer = await enrol(code);
  if (!answer.ok) throw new Error(answer.error);
  await shop.core.store.read(() => Promise.resolve());
  const bytes = ['laci.db', 'laci.db-wal', 'ledger.jsonl'].map((file) =>
    readFileSync(join(shop.dataDir, file), 'latin1'),
  );
  expect(bytes.join()).toContain(answer.value.device.deviceId);
  expect(bytes.join()).not.toContain(answer.value.credential);
  expect(bytes.join()).not.toContain(code);
  expect((await findDevice(shop.core, answer.value.credential))?.deviceId).toBe(answer.value.device.deviceId);
  expect(await findDevice(shop.core, 'x')).toBeUndefined();
});

test('[ENR2] a code is good once', async () => {
  const code = await codeFor();
  expect((await enrol(code)).ok).toBe(true);
  expect(await enrol(code)).toEqual({ ok: false, error: 'code-used' });
});

test('[ENR2] two at once with one code make one device', async () => {
  const code = await codeFor();
  const answers = await Promise.all([enrol(code), enrol(code), enrol(code)]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

test('[ENR2] a code is worthless after ten minutes, and an unknown one always', async () => {
  const code = await codeFor();
  shop.deps.passTime(ENROL_CODE_LIFE_MS);
  expect(await enrol(code)).toEqual({ ok: false, error: 'code-expired' });
  expect(await enrol('00000000')).toEqual({ ok: false, error: 'code-wrong' });
});

test('[ENR2] a code that failed five times is worthless', async () => {
  const [till, manager] = [await codeFor('X1', 'till'), await codeFor('X1', 'manager')];
  expect((await enrol(manager)).ok).toBe(true);
  for (let n = 0; n < ENROL_TRIES_MAX; n += 1) expect(await enrol(till)).toMatchObject({ error: 'till-taken' });
  expect(await enrol(till)).toEqual({ ok: false, error: 'code-expired' });
});

test('[ENR1] a code is good as people type it', async () => {
  const code = await codeFor();
  const typed = `${code.slice(0, 4)}-${code.slice(4)} `.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'l');
  expect((await enrol(typed)).ok).toBe(true);
});

test('[RCP3] a till’s next device has the next generation, and the former is no longer in use', async () => {
  const [first, second] = [await shop.enrol('till', 'K1'), await shop.enrol('till', 'K1')];
  expect([first.device.generation, second.device.generation]).toEqual([1, 2]);
  expect(first.device.deviceId).not.toBe(second.device.deviceId);
  expect((await deviceDoc(first.device.deviceId)).active).toBe(false);
  expect(await deviceDoc(second.device.deviceId)).toMatchObject({ active: true, till: 'K1', generation: 2 });
});

test('[RCP3] a generation never comes twice, even when the database forgot it', async () => {
  const ledger = openLedger(join(shop.dataDir, 'ledger.jsonl'));
  const till = tillCodeShape.parse('K7');
  const device = await shop.enrol('till', 'K1');
  const lost = {
    kind: 'device',
    branch: BRANCH,
    till,
    generation: 4,
    deviceId: device.device.deviceId,
    at: 1,
  } as const;
  ledger.append(lost);
  const core = { ...shop.core, ledger: openLedger(join(shop.dataDir, 'ledger.jsonl')) };
  const code = await createCode(core, { branch: BRANCH, role: 'till', till });
  const answer = await enrolDevice(core, { code: code.ok ? code.value.code : '', publicKey: makePublicKey() });
  expect(answer).toMatchObject({ ok: true, value: { device: { generation: 5 } } });
});

test('[ROLE2] a till code of another role is taken', async () => {
  await shop.enrol('till', 'K1');
  expect(await codeFor('K1', 'manager')).toBe('till-taken');
});
