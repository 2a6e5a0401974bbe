import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { branchIdShape, deviceIdShape, tillCodeShape } from '../../schema/ids.ts';
import { makeTestFolder } from '../testing/test-deps.ts';
import { openLedger } from './ledger.ts';
import { openShopKey } from './shop-key.ts';

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

test('[ENR3] keys are made once, and readable by their owner only', async () => {
  const path = join(folder.path, 'shop-key.json');
  const [first, second] = [await openShopKey(path), await openShopKey(path)];
  expect(first.publicKey).toEqual(second.publicKey);
  expect(first.publicKey).not.toHaveProperty('d');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toContain('"d"');
});
