import { beforeEach, expect, test } from 'vitest';
import type { PersonId } from '../../schema/ids.ts';
import { PIN_TRIES_MAX } from '../../schema/pin.ts';
import { createMemoryVault, type MemoryVaultValues } from '../store/memory-vault.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { createPinBook, type PinBook } from './pin-book.ts';
import { pinProof, verifierOf } from './pin-crypto.ts';

const [SARI, BUDI] = ['sari', 'budi'] as [PersonId, PersonId];
const SALT = 'salt-of-a-test-person-0';
const { subtle } = crypto;

/** A device whose vault outlives its tab, and whose timers a test moves. */
let disk: MemoryVaultValues;
let timers: ReturnType<typeof createManualTimers>;
let book: PinBook;
let heard: [string, number][];

const rowOf = async (person: PersonId, pin: string, mark = 'one') => ({
  ...{ person, mark, salt: SALT, rounds: 1 },
  verifier: await verifierOf(subtle, await pinProof(subtle, pin, { salt: SALT, rounds: 1 })),
});
/** A new tab of the same device. */
const reload = async () => {
  timers = createManualTimers();
  const onWrong = (person: PersonId, failures: number) => void heard.push([person, failures]);
  book = createPinBook({ vault: createMemoryVault(disk), subtle, timers, onWrong });
  await book.load();
};
const failTimes = async (times: number) => {
  for (let time = 0; time < times; time += 1) {
    timers.pass(book.tries.of(SARI).waitMs);
    await book.check(SARI, '000000');
  }
};

beforeEach(async () => {
  disk = {};
  heard = [];
  await reload();
  await book.take([await rowOf(SARI, '482613'), await rowOf(BUDI, '739150')]);
});

test('[PIN6] the right PIN is proven, the wrong one is told with the tries that are left', async () => {
  expect(await book.check(SARI, '482613')).toMatchObject({ ok: true });
  expect(await book.check(SARI, '482614')).toEqual({ ok: false, error: { code: 'wrong', left: 9 } });
  expect(await book.check(SARI, '739150')).toEqual({ ok: false, error: { code: 'wrong', left: 8 } });
  expect(await book.check(BUDI, '739150')).toMatchObject({ ok: true });
  expect(await book.check('ghost' as PersonId, '739150')).toEqual({ ok: false, error: { code: 'no-verifier' } });
});

test('[PIN6] after the third wrong one even the right PIN waits, and then opens and forgets', async () => {
  await failTimes(3);
  expect(book.tries.of(SARI)).toEqual({ failures: 3, waitMs: 5_000 });
  expect(await book.check(SARI, '482613')).toEqual({ ok: false, error: { code: 'wait' } });
  timers.pass(4_999);
  expect(await book.check(SARI, '482613')).toEqual({ ok: false, error: { code: 'wait' } });
  timers.pass(1);
  expect(await book.check(SARI, '482613')).toMatchObject({ ok: true });
  expect(book.tries.of(SARI)).toEqual({ failures: 0, waitMs: 0 });
  expect(disk.pinFailures).toEqual({});
});

test('[PIN6] a wait begins whole again after a reload: no time spent elsewhere shortens it', async () => {
  await failTimes(4);
  timers.pass(9_000);
  await reload();
  expect(book.tries.of(SARI)).toEqual({ failures: 4, waitMs: 10_000 });
  expect(await book.check(SARI, '482613')).toEqual({ ok: false, error: { code: 'wait' } });
});

test('[PIN6] the tenth wrong PIN locks, over reloads and for any length of time; others go on', async () => {
  await failTimes(PIN_TRIES_MAX - 1);
  timers.pass(book.tries.of(SARI).waitMs);
  expect(await book.check(SARI, '000000')).toEqual({ ok: false, error: { code: 'locked' } });
  timers.pass(365 * 24 * 60 * 60 * 1000);
  await reload();
  expect(await book.check(SARI, '482613')).toEqual({ ok: false, error: { code: 'locked' } });
  expect(await book.check(BUDI, '739150')).toMatchObject({ ok: true });
  await book.tries.clear(SARI);
  expect(await book.check(SARI, '482613')).toMatchObject({ ok: true });
});

test('[PIN6] a try is on disk before it is made: a tab killed while it is checked has spent it', async () => {
  const stuck = new Proxy(subtle, {
    get: (target, name) =>
      name === 'deriveBits' ? () => new Promise(() => undefined) : Reflect.get(target, name).bind(target),
  });
  const killed = createPinBook({ vault: createMemoryVault(disk), subtle: stuck, timers, onWrong: () => undefined });
  await killed.load();
  void killed.check(SARI, '000000');
  await expect.poll(() => disk.pinFailures).toEqual({ sari: 1 });
  await reload();
  expect(book.tries.of(SARI).failures).toBe(1);
});

test('[PIN6] tries made at the same moment are counted one after the other', async () => {
  const answers = await Promise.all(['000000', '000001', '000002', '482613'].map((pin) => book.check(SARI, pin)));
  expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual(['wrong', 'wrong', 'wrong', 'wait']);
});

test('[PIN6] tries in two tabs of one device are counted together', async () => {
  const other = createPinBook({ vault: createMemoryVault(disk), subtle, timers, onWrong: () => undefined });
  await other.load();
  await failTimes(2);
  expect(await other.check(SARI, '000000')).toEqual({ ok: false, error: { code: 'wrong', left: 7 } });
  expect(disk.pinFailures).toEqual({ sari: 3 });
  await other.tries.clear(SARI);
  await book.load();
  expect(book.tries.of(SARI).failures).toBe(0);
});

test('[PIN6] a try that another tab’s tries have locked out is not made', async () => {
  const other = createPinBook({ vault: createMemoryVault(disk), subtle, timers, onWrong: () => undefined });
  await other.load();
  await failTimes(PIN_TRIES_MAX);
  expect(await other.check(SARI, '482613')).toEqual({ ok: false, error: { code: 'locked' } });
});

test('[PIN7] a new PIN forgets the wrong tries at the old one; the same one does not; who has none left is gone', async () => {
  await failTimes(3);
  await book.take([await rowOf(SARI, '482613'), await rowOf(BUDI, '739150')]);
  expect(book.tries.of(SARI).failures).toBe(3);
  await book.take([await rowOf(SARI, '915027', 'two')]);
  expect(book.tries.of(SARI)).toEqual({ failures: 0, waitMs: 0 });
  expect(await book.check(SARI, '915027')).toMatchObject({ ok: true });
  expect(await book.check(BUDI, '739150')).toEqual({ ok: false, error: { code: 'no-verifier' } });
});

test('[PIN5] what lies on the disk is a seal under a key that nobody reads out, and no other device’s', async () => {
  const row = await rowOf(SARI, '482613');
  const key = disk.pinKey as CryptoKey;
  expect([key.extractable, key.usages]).toEqual([false, ['sign']]);
  await expect(subtle.exportKey('raw', key)).rejects.toThrow();
  expect(JSON.stringify(disk.pins)).not.toContain(row.verifier);
  const other: MemoryVaultValues = { pins: disk.pins as NonNullable<MemoryVaultValues['pins']> };
  const stolen = createPinBook({ vault: createMemoryVault(other), subtle, timers, onWrong: () => undefined });
  await stolen.load();
  expect(await stolen.check(SARI, '482613')).toMatchObject({ ok: false, error: { code: 'wrong' } });
});

test('[PIN10] each wrong try is heard of with its number', async () => {
  await failTimes(3);
  expect(heard).toEqual([
    ['sari', 1],
    ['sari', 2],
    ['sari', 3],
  ]);
});
