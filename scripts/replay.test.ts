import { expect, test } from 'vitest';
import { FAULT_KINDS } from './replay/fault-kinds.ts';
import { isGood, outcomeJson, outcomeText } from './replay/outcome-text.ts';
import { runReplay } from './replay/run-replay.ts';
import { SalesFileFault } from './replay/sales-file.ts';

const RUN_MS_MAX = 150_000;
const fixture = (name: string) => new URL(`replay/fixtures/${name}`, import.meta.url).pathname;

test('[I1] [I4] [I5] [I6] [I10] real invoices over three tills with faults: every sale once, every stock the plain sum', {
  timeout: RUN_MS_MAX,
}, async () => {
  const asked = {
    sales: fixture('online-retail-sample.csv'),
    format: 'online-retail',
    tills: 3,
    seed: 5,
    faults: FAULT_KINDS,
    json: true,
  } as const;
  const outcome = await runReplay(asked, () => undefined);
  expect(outcome.violations).toEqual([]);
  expect(outcome).toMatchObject({ sales: 66, lost: 0, doubled: 0, stockMismatches: 0 });
  expect(outcome.samples).toBeGreaterThan(100);
  expect(isGood(asked, outcome)).toBe(true);
  expect(JSON.parse(outcomeJson(asked, outcome, 1.5))).toMatchObject({
    sales: 66,
    lines: 773,
    tills: 3,
    seed: 5,
    seconds: 1.5,
  });
});

test('[I1] baskets over two tills without faults, and faults that were asked for but never happened are a failure', {
  timeout: RUN_MS_MAX,
}, async () => {
  const asked = {
    sales: fixture('baskets-sample.csv'),
    format: 'baskets',
    tills: 2,
    seed: 1,
    faults: [],
    json: true,
  } as const;
  const outcome = await runReplay(asked, () => undefined);
  expect(outcome).toMatchObject({ sales: 6, lost: 0, doubled: 0, stockMismatches: 0, violations: [] });
  expect(isGood(asked, outcome)).toBe(true);
  expect(isGood({ ...asked, faults: ['lost'] }, outcome)).toBe(false);
  expect(outcomeText(asked, outcome)).toContain('skipped, blank line: 1 (line 4)');
});

test('a file that is none, or holds no sales, is refused before anything is started', async () => {
  const asked = { format: 'online-retail', tills: 2, seed: 1, faults: [], json: true } as const;
  const run = (sales: string) => runReplay({ ...asked, sales }, () => undefined);
  await expect(run('nowhere.csv')).rejects.toThrow(SalesFileFault);
  await expect(run(fixture('baskets-sample.csv'))).rejects.toThrow('no heading for the invoice');
});
