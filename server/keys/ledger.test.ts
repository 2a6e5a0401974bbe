import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { branchIdShape, deviceIdShape, tillCodeShape } from '../../schema/ids.ts';
import { publicKeyShape } from '../../schema/protocol/enrol.ts';
import { StoreFault } from '../store/store.ts';
import { makeTestFolder } from '../testing/test-deps.ts';
import { openLedger } from './ledger.ts';
import { openShopKey } from './shop-key.ts';
import { thumbprintOf } from './thumbprint.ts';

let folder: ReturnType<typeof makeTestFolder>;
beforeEach(() => {
  folder = makeTestFolder();
});
afterEach(() => folder.remove());

const branch = branchIdShape.parse('utama');
const till = tillCodeShape.parse('K1');
const device = { kind: 'device', branch, till, deviceId: deviceIdShape.parse('0123456789abcdef'), at: 1 } as const;

test('[RCP3] epochs and generations are there after a restart', () => {
  const path = join(folder.path, 'ledger.jsonl');
  const ledger = openLedger(path);
  expect([ledger.lastEpoch(), ledger.lastGeneration(branch, till)]).toEqual([0, 0]);
  ledger.append({ kind: 'epoch', epoch: { n: 3, id: '0123456789abcdef' }, at: 1 });
  ledger.append({ ...device, generation: 2 });
  const again = openLedger(path);
  expect([again.lastEpoch(), again.lastGeneration(branch, till)]).toEqual([3, 2]);
  expect(again.lastGeneration(branch, tillCodeShape.parse('K2'))).toBe(0);
});

test('[RCP3] a line cut short by a crash spoils no other', () => {
  const path = join(folder.path, 'ledger.jsonl');
  openLedger(path).append({ ...device, generation: 1 });
  appendFileSync(path, '{"kind":"device","gener');
  const ledger = openLedger(path);
  expect(ledger.lastGeneration(branch, till)).toBe(1);
  ledger.append({ ...device, generation: 2 });
  expect(openLedger(path).lastGeneration(branch, till)).toBe(2);
});

const epoch = (n: number) => ({ n, id: String(n).repeat(16) });

test('[EPOCH3] a ledger knows the epochs that began here and those they follow, and no others', () => {
  const path = join(folder.path, 'ledger.jsonl');
  const strange = { n: 9, id: 'z'.repeat(16) };
  openLedger(path).append({
    kind: 'epoch',
    epoch: epoch(2),
    at: 1,
    cause: 'unknown-epoch',
    after: [epoch(1), strange],
  });
  const ledger = openLedger(path);
  expect([epoch(2), epoch(1), strange, epoch(3), { ...epoch(2), id: 'x'.repeat(16) }].map(ledger.knowsEpoch)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('[ENR7] [BACKUP2] what another process writes is heard: backups when asked, revocations with the next own line', () => {
  const path = join(folder.path, 'ledger.jsonl');
  const [ours, theirs] = [openLedger(path), openLedger(path)];
  theirs.append({ kind: 'backup', at: 1, epoch: epoch(1), file: 'a.db', heads: {} });
  theirs.append({ kind: 'backup', at: 2, epoch: epoch(1), file: 'b.db', heads: {} });
  expect(ours.lastBackup()?.file).toBe('b.db');
  theirs.append({ kind: 'revoked', deviceId: device.deviceId, at: 7 });
  ours.append({ ...device, generation: 1 });
  expect([ours.isRevoked(device.deviceId), ours.revocations().get(device.deviceId)]).toEqual([true, 7]);
});

test('[RCP3] lines of a later version are passed over, and a line cut short by another process spoils none of ours', () => {
  const path = join(folder.path, 'ledger.jsonl');
  const ledger = openLedger(path);
  appendFileSync(path, '{"kind":"moon","at":1}\n{"kind":"dev');
  ledger.append({ ...device, generation: 4 });
  expect(openLedger(path).lastGeneration(branch, till)).toBe(4);
});

test('[STORE12] a ledger that cannot be written is a fault of the store', () => {
  const ledger = openLedger(join(folder.path, 'no-such-folder', 'ledger.jsonl'));
  expect(() => ledger.append({ ...device, generation: 1 })).toThrow(StoreFault);
});

test('[ENR5] the thumbprint of a key is the one RFC 7638 defines for it', () => {
  const key = publicKeyShape.parse({
    kty: 'EC',
    crv: 'P-256',
    x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
    y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
  });
  expect(thumbprintOf(key)).toBe('cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s');
});

test('[ENR3] keys are made once, and readable by their owner only', async () => {
  const path = join(folder.path, 'shop-key.json');
  const [first, second] = [await openShopKey(path), await openShopKey(path)];
  expect(first.publicKey).toEqual(second.publicKey);
  expect(first.publicKey).not.toHaveProperty('d');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toContain('"d"');
});
