import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestJournal } from '../../testing/test-device.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../../testing/test-shop.ts';
import { officeActsOf } from './faulty-office-acts.ts';
import { failEachWrite } from './faulty-run.ts';

const RUNS_MS_MAX = 240_000;
let template: TestShop;
let [manager, till] = [] as unknown as [TestEnrolment, TestEnrolment];

beforeAll(async () => {
  template = await openTestShop();
  await template.addProduct('ticket', { limited: true });
  manager = await template.enrol('manager', 'M1');
  till = await template.enrol('till', 'K1');
  await template.core.store.close();
});
afterAll(() => template.close());

test('[F8] [I2] [API13] [ALT2] [CARE2] whichever write of an office’s fails: nothing of that act is there, and asked again it succeeds', {
  timeout: RUNS_MS_MAX,
}, async () => {
  const failed = await failEachWrite(template.dataDir, (server) =>
    officeActsOf(server, { manager, till, journal: createTestJournal(manager), ticket: 'ticket' as never }),
  );
  expect(failed.get('a sale of another system')).toBeGreaterThan(failed.size / 2);
});
