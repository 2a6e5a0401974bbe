import { afterEach, beforeEach, expect, test } from 'vitest';
import { isEasyPin, isPin } from '../../schema/pin.ts';
import type { Core } from '../core/core.ts';
import { openCore } from '../core/open-core.ts';
import { keepPin, readPins } from '../core/pins.ts';
import { createTestDeps, makeTestFolder } from '../testing/test-deps.ts';
import { DEMO_PEOPLE, demoPinsText, makeDemoPins, readDemoPeople } from './demo-people.ts';
import { BRANCH, settleShop } from './shop.ts';

let folder: ReturnType<typeof makeTestFolder>;
let core: Core;

beforeEach(async () => {
  folder = makeTestFolder();
  core = await openCore(folder.path, createTestDeps());
});
afterEach(async () => {
  await core.store.close();
  folder.remove();
});

const settle = async (demo: boolean) =>
  settleShop(core, {
    currency: { code: 'IDR', digits: 0 },
    withCatalogue: true,
    demoPins: demo ? await makeDemoPins() : [],
  });

test('[PIN11] the demo has a manager and cashiers with PINs that pass as PINs', async () => {
  expect(DEMO_PEOPLE.filter(({ role }) => role === 'cashier').length).toBeGreaterThanOrEqual(3);
  expect(DEMO_PEOPLE.every(({ pin }) => isPin(pin) && !isEasyPin(pin))).toBe(true);
  await settle(true);
  const { pins } = await readPins(core, BRANCH);
  expect(pins.map(({ person }) => person).sort()).toEqual(DEMO_PEOPLE.map(({ person }) => person).sort());
});

test('[PIN11] PINs are printed until they are changed', async () => {
  await settle(true);
  expect(demoPinsText(await readDemoPeople(core))).toMatch(/Budi +manager +739150\n {2}Sari/);
  const [budi] = (await readPins(core, BRANCH)).pins;
  if (!budi) throw new Error('nobody');
  const change = { branch: BRANCH, person: budi.person, by: budi.person };
  await core.store.write(['*' as never, BRANCH as never], (tx) =>
    keepPin(core, tx, change, { salt: 'x'.repeat(22), rounds: 1, verifier: budi.verifier }),
  );
  expect(demoPinsText(await readDemoPeople(core))).not.toContain('Budi');
});

test('[PIN11] a shop of one’s own has no PIN that anybody knows', async () => {
  await settle(false);
  expect((await readPins(core, BRANCH)).pins).toEqual([]);
  expect(demoPinsText(await readDemoPeople(core))).toBe('');
});
