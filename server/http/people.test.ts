import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY_SCOPE, type CustomerId, type PersonId } from '../../schema/ids.ts';
import { errorAnswerShape } from '../../schema/protocol/error.ts';
import { type PinVerifier, pinsAnswerShape } from '../../schema/protocol/pins.ts';
import { pullAnswerShape } from '../../schema/protocol/pull.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import { putCompanyDoc } from '../core/company-writer.ts';
import { startTestServer, type TestAnswer, type TestServer } from '../testing/test-http.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

const [BUDI, SARI] = ['budi', 'sari'] as [PersonId, PersonId];

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  till = await shop.enrol();
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

/** What a device's rounds would make of a PIN; the server never does them. */
const proofOf = (pin: string) => createHash('sha256').update(`rounds ${pin}`).digest('base64url');
const verifierOf = (pin: string): PinVerifier => ({
  ...{ salt: 'salt-of-a-test-person-0', rounds: 1 },
  verifier: createHash('sha256').update(proofOf(pin)).digest('base64url'),
});
const post = (path: string, body: unknown, by = till) =>
  server.ask(`/api/v1/people/${path}`, { method: 'POST', credential: by.credential, body });
const setPin = (person: PersonId, by: PersonId, present: string | null, pin: string, device = till) =>
  post(`${person}/pin`, { by, proof: present === null ? '' : proofOf(present), pin: verifierOf(pin) }, device);
const put = (person: string, by: PersonId, present: string, fields: object) =>
  post(person, { by, proof: proofOf(present), name: 'Tini', role: 'cashier', active: true, ...fields });
const pinsFor = async (device: TestEnrolment) => {
  const answer = await server.ask('/api/v1/people/pins', { credential: device.credential });
  return pinsAnswerShape.parse(answer.json).pins;
};
const codeOf = (answer: TestAnswer) => errorAnswerShape.parse(answer.json).error.code;

test('[PIN4] the first PIN needs none before it, the next one does', async () => {
  expect((await setPin(SARI, SARI, null, '111')).status).toBe(200);
  expect(codeOf(await setPin(SARI, SARI, null, '222'))).toBe('pin-wrong');
  expect(codeOf(await setPin(SARI, SARI, '222', '222'))).toBe('pin-wrong');
  expect((await setPin(SARI, SARI, '111', '222')).status).toBe(200);
  expect(await pinsFor(till)).toMatchObject([{ person: SARI, ...verifierOf('222') }]);
});

test('[PIN4] a manager sets anybody’s PIN with their own; a cashier only their own; nobody unknown any', async () => {
  await setPin(BUDI, BUDI, null, '900');
  await setPin(SARI, SARI, null, '111');
  expect((await setPin(SARI, BUDI, '900', '333')).status).toBe(200);
  expect(codeOf(await setPin(SARI, BUDI, '111', '444'))).toBe('pin-wrong');
  expect(codeOf(await setPin(BUDI, SARI, '333', '444'))).toBe('not-allowed');
  expect(codeOf(await setPin(BUDI, 'ghost' as PersonId, null, '444'))).toBe('not-allowed');
  expect(codeOf(await setPin('ghost' as PersonId, BUDI, '900', '444'))).toBe('not-found');
});

test('[PIN3] verifiers go to devices of the branch alone, and to none that was revoked', async () => {
  await setPin(SARI, SARI, null, '111');
  const [elsewhere, lost] = [await shop.enrol('till', 'K9', OTHER_BRANCH), await shop.enrol('till', 'K2')];
  expect(await pinsFor(lost)).toHaveLength(1);
  expect(await pinsFor(elsewhere)).toEqual([]);
  const manager = await shop.enrol('manager', 'M1');
  await server.ask(`/api/v1/devices/${lost.device.deviceId}/revoke`, {
    method: 'POST',
    credential: manager.credential,
  });
  expect(codeOf(await server.ask('/api/v1/people/pins', { credential: lost.credential }))).toBe('revoked');
  expect(codeOf(await setPin(SARI, SARI, '111', '222', lost))).toBe('revoked');
  expect(codeOf(await server.ask('/api/v1/people/pins', {}))).toBe('not-enrolled');
});

test('[PIN3] no document that devices pull holds what a PIN is compared by', async () => {
  await setPin(SARI, SARI, null, '111');
  const pulled = await server.ask('/sync/v1/company/pull?limit=500', {
    credential: till.credential,
    headers: { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
  });
  const documents = pullAnswerShape.parse(pulled.json).documents;
  const [mark] = await pinsFor(till);
  expect(documents.filter(({ kind }) => kind === 'pin')).toMatchObject([
    { person: SARI, mark: mark?.mark, setBy: SARI, scope: 'utama' },
  ]);
  const { salt, verifier } = verifierOf('111');
  for (const secret of [salt, verifier, proofOf('111')]) expect(pulled.text).not.toContain(secret);
});

test('[PIN4] whoever guesses at the server waits, on whichever device they do', async () => {
  await setPin(SARI, SARI, null, '111');
  const other = await shop.enrol('till', 'K2');
  for (let guess = 0; guess < 5; guess += 1) await setPin(SARI, SARI, String(guess), '222');
  const asked = await setPin(SARI, SARI, '111', '222', other);
  expect([codeOf(asked), Number(asked.headers.get('retry-after')) > 0]).toEqual(['too-many', true]);
  shop.deps.passTime(60_000);
  expect((await setPin(SARI, SARI, '111', '222', other)).status).toBe(200);
});

test('[PIN7] a manager adds people and takes them away, with their PIN; nobody does that to themselves', async () => {
  await setPin(BUDI, BUDI, null, '900');
  expect((await put('tini', BUDI, '900', {})).status).toBe(200);
  expect((await setPin('tini' as PersonId, BUDI, '900', '111')).status).toBe(200);
  expect(codeOf(await put('rini', 'tini' as PersonId, '111', {}))).toBe('not-allowed');
  expect(codeOf(await put(BUDI, BUDI, '900', { active: false }))).toBe('not-allowed');
  expect((await put('tini', BUDI, '900', { active: false })).status).toBe(200);
  expect(await pinsFor(till)).toMatchObject([{ person: BUDI }]);
  expect(codeOf(await setPin('tini' as PersonId, 'tini' as PersonId, '111', '222'))).toBe('not-allowed');
  expect((await put('tini', BUDI, '900', {})).status).toBe(200);
  expect(await pinsFor(till)).toMatchObject([{ person: BUDI }]);
});

test('[PIN4] where a manager has a PIN nobody passes for another one who has none yet', async () => {
  await setPin(BUDI, BUDI, null, '900');
  const [TINI, wish] = ['tini' as PersonId, { name: 'Sari', role: 'manager', active: true }];
  await put(TINI, BUDI, '900', { role: 'manager' });
  expect(codeOf(await post(SARI, { by: TINI, proof: '', ...wish }))).toBe('not-allowed');
  expect(codeOf(await setPin(BUDI, TINI, null, '111'))).toBe('not-allowed');
  expect(codeOf(await setPin(TINI, TINI, null, '111'))).toBe('not-allowed');
  expect((await setPin(TINI, BUDI, '900', '111')).status).toBe(200);
  expect((await post(SARI, { by: TINI, proof: proofOf('111'), ...wish })).status).toBe(200);
});

test('[PIN4] what is no verifier, no name or no person is refused', async () => {
  const pin = verifierOf('111');
  for (const bad of [{ ...pin, verifier: '123456' }, { ...pin, rounds: 10 ** 9 }, { ...pin, salt: '' }, null]) {
    expect(codeOf(await post('sari/pin', { by: SARI, proof: '', pin: bad }))).toBe('bad-request');
  }
  expect(codeOf(await post('server/pin', { by: SARI, proof: '', pin }))).toBe('bad-request');
  expect(codeOf(await put('tini', BUDI, 'x', { name: '' }))).toBe('bad-request');
  expect(codeOf(await server.ask('/api/v1/people/sari', { credential: till.credential }))).toBe('method-not-allowed');
});

test('[PIN3] [PIN4] people are found among any number of customers', async () => {
  await shop.core.store.write([COMPANY_SCOPE], async (tx) => {
    for (let n = 0; n < 5_000; n += 1) {
      const customer = `c${n}` as CustomerId;
      const [id, name] = [`customer:${customer}`, `Pelanggan ${n}`];
      await putCompanyDoc(tx, 1, { id, scope: COMPANY_SCOPE, kind: 'customer', customer, name, active: true });
    }
  });
  await setPin(BUDI, BUDI, null, '900');
  expect((await put('rini', BUDI, '900', { role: 'manager' })).status).toBe(200);
  expect((await put('sari', BUDI, '900', { name: 'Sari Wulandari' })).status).toBe(200);
  expect((await setPin(SARI, BUDI, '900', '111')).status).toBe(200);
  expect((await pinsFor(till)).map(({ person }) => person).sort()).toEqual([BUDI, SARI]);
});
