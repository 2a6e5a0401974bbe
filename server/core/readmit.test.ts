import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { DeviceDoc } from '../../schema/company.ts';
import { tillCodeShape } from '../../schema/ids.ts';
import { type EnrolAnswer, publicKeyShape, type ReadmitRequest } from '../../schema/protocol/enrol.ts';
import { entrySigningText, readmitSigningText } from '../../schema/signature.ts';
import { openShopKey } from '../keys/shop-key.ts';
import { BRANCH } from '../seed/shop.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { makePublicKey, openTestShop, type TestShop } from '../testing/test-shop.ts';
import { readCompanyDoc } from './company-writer.ts';
import type { Core } from './core.ts';
import { findDevice } from './credential.ts';
import { deviceDocId } from './device-record.ts';
import { enrolDevice } from './enrol.ts';
import { createCode } from './enrol-code.ts';
import { assembleCore } from './open-core.ts';
import { pushJournal } from './push-journal.ts';
import { readmitDevice } from './readmit.ts';
import { revokeDevice } from './revoke.ts';

let shop: TestShop;
/** The same shop with a database that never heard of the device. */
let restored: Core;
let key: KeyObject;
let enrolled: EnrolAnswer;

beforeEach(async () => {
  shop = await openTestShop();
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  key = pair.privateKey;
  enrolled = await enrol(shop.core, pair.publicKey);
  const store = openSqliteStore(join(shop.dataDir, 'restored.db'), shop.deps);
  restored = await assembleCore({ ...shop.core, store }, shop.deps);
});
afterEach(async () => {
  await restored.store.close();
  await shop.close();
});

async function enrol(core: Core, publicKey: KeyObject, till = 'K1'): Promise<EnrolAnswer> {
  const code = await createCode(core, { branch: BRANCH, role: 'till', till: tillCodeShape.parse(till) });
  if (!code.ok) throw new Error(code.error);
  const jwk = publicKeyShape.parse(publicKey.export({ format: 'jwk' }));
  const answer = await enrolDevice(core, { code: code.value.code, publicKey: jwk });
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}

const request = (by: KeyObject = key, change: Partial<ReadmitRequest> = {}): ReadmitRequest => {
  const { certificate, credential, device } = { ...enrolled, ...change };
  const text = readmitSigningText(device.deviceId, credential);
  const signature = sign('sha256', Buffer.from(text), { key: by, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return { certificate, credential, signature, ...change };
};
const docOf = (core: Core): Promise<DeviceDoc | undefined> =>
  core.store.read((tx) => readCompanyDoc(tx, 'device', deviceDocId(enrolled.device.deviceId)));

test('[F27] [ENR6] a device enrolled after the backup is itself again, with the credential it has', async () => {
  expect(await findDevice(restored, enrolled.credential)).toBeUndefined();
  const answer = await readmitDevice(restored, request());
  expect(answer).toMatchObject({ ok: true, value: { device: enrolled.device, epoch: restored.epoch } });
  expect(await findDevice(restored, enrolled.credential)).toMatchObject(enrolled.device);
  expect(await docOf(restored)).toMatchObject({ active: true, certificate: enrolled.certificate });
});

test('[ENR6] asking again changes nothing', async () => {
  await readmitDevice(restored, request());
  const before = await restored.store.read((tx) => tx.scopes());
  const seq = () => restored.store.read((tx) => tx.place(BRANCH as never));
  const place = await seq();
  expect((await readmitDevice(restored, request())).ok).toBe(true);
  expect((await readmitDevice(shop.core, request())).ok).toBe(true);
  expect([await restored.store.read((tx) => tx.scopes()), await seq()]).toEqual([before, place]);
});

test('[ENR6] a device known by its entries alone gets its credential', async () => {
  const { device, certificate } = enrolled;
  const author = { ...device, publicKey: '{}', certificate, credentialHash: null, enrolledAt: 1, forkOf: null };
  await restored.store.write([BRANCH as never], (tx) => tx.addDevice(author));
  expect((await readmitDevice(restored, request())).ok).toBe(true);
  expect(await findDevice(restored, enrolled.credential)).toMatchObject(device);
});

test('[ENR6] a till code that another device took over stays with that one', async () => {
  const other = await enrol(restored, generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
  expect(other.device.generation).toBe(2);
  await readmitDevice(restored, request());
  expect((await docOf(restored))?.active).toBe(false);
});

test('[ENR7] what another key signed is refused: the request, or the certificate', async () => {
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const foreignKey = await openShopKey(join(shop.dataDir, 'foreign-key'));
  const foreign = await foreignKey.certify(enrolled.device, makePublicKey(), 0);
  const bad = [
    request(stranger),
    request(key, { certificate: foreign }),
    request(key, { certificate: 'x' }),
    { ...request(), credential: 'a'.repeat(43) },
  ];
  for (const one of bad) expect(await readmitDevice(restored, one)).toEqual({ ok: false, error: 'not-enrolled' });
  expect(await docOf(restored)).toBeUndefined();
});

test('[ENR7] a device keeps its one credential, whatever its key signs later', async () => {
  const other = 'b'.repeat(43);
  expect(await readmitDevice(shop.core, request(key, { credential: other }))).toMatchObject({ ok: false });
  expect(await findDevice(shop.core, other)).toBeUndefined();
  expect(await findDevice(shop.core, enrolled.credential)).toMatchObject(enrolled.device);
});

test('[ENR7] [ENR9] a revoked device is let in again as revoked alone, by any database of the shop', async () => {
  const manager = await shop.enrol('manager', 'M1');
  expect(await revokeDevice(shop.core, manager.stored, enrolled.device.deviceId)).toMatchObject({ ok: true });
  for (const core of [restored, shop.core]) {
    const { epoch } = core;
    const said = { device: enrolled.device, epoch, revoked: true, head: EMPTY_HEAD, lacking: [] };
    expect(await readmitDevice(core, request())).toMatchObject({ ok: true, value: said });
    expect(await docOf(core)).toMatchObject({ active: false, revokedAt: expect.any(Number) });
  }
});

test('[ENR9] [F27] what a revoked device holds is taken after a restore to before its enrolment, and flagged', async () => {
  const manager = await shop.enrol('manager', 'M1');
  const coffee = await shop.addProduct('coffee');
  const entry = createTestJournal(enrolled).receive(coffee, 3);
  await revokeDevice(shop.core, manager.stored, enrolled.device.deviceId);
  await readmitDevice(restored, request());
  const device = await findDevice(restored, enrolled.credential);
  if (!device) throw new Error('it is not known');
  const text = entrySigningText(entry.id, entry.hash);
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const { id, hash } = entry;
  const { verdicts } = await pushJournal(restored, device, { entries: [entry], signatures: [{ id, hash, signature }] });
  expect(verdicts).toMatchObject([{ verdict: 'accepted' }]);
  expect((await restored.store.read((tx) => tx.entry(id)))?.flags).toContain('revoked');
  expect(await readmitDevice(restored, request())).toMatchObject({ value: { head: { seq: 1, hash } } });
});

test('[ENR7] nobody revokes the device in their own hands, or one of another branch', async () => {
  const manager = await shop.enrol('manager', 'M1');
  const there = await shop.enrol('manager', 'M1', 'cabang' as typeof BRANCH);
  const { deviceId } = manager.device;
  expect(await revokeDevice(shop.core, manager.stored, deviceId)).toEqual({ ok: false, error: 'not-allowed' });
  expect(await revokeDevice(shop.core, there.stored, deviceId)).toEqual({ ok: false, error: 'not-found' });
  expect(shop.core.ledger.isRevoked(deviceId)).toBe(false);
});
