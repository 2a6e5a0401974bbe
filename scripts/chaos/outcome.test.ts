import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readChaosArguments } from './arguments.ts';
import { type ChaosOutcome, chaosResult, chaosText, violationsOf } from './outcome.ts';
import { createProgress } from './progress.ts';

const asked = readChaosArguments([]);
const outcome: ChaosOutcome = {
  server: {
    kills: { inPush: 2, moments: { body: 1, work: 1, answer: 0 }, stored: 1, notStored: 1, freezes: 0, violations: [] },
    ...{ sales: 9, acknowledged: 8, lost: 0, doubled: 0, stockMismatches: 0, restartsMs: [400, 600] },
    ...{ faults: { cut: 3 }, violations: [] },
  },
  browser: { kills: 2, whole: 1, never: 1, late: 0, sales: 3, lost: 0, doubled: 0, violations: [] },
};

test('fifty kills of the server and twenty of the browser unless asked otherwise', () => {
  expect(asked).toEqual({ kills: 50, browserKills: 20, tills: 4, seed: 1, json: false });
  expect(readChaosArguments(['--kills', '3', '--browser-kills', '0', '--json'])).toMatchObject({
    kills: 3,
    browserKills: 0,
    json: true,
  });
  expect(() => readChaosArguments(['--kills', 'many'])).toThrow('--kills must be a whole number');
});

test('the last line adds both halves up', () => {
  expect(chaosResult(asked, outcome, 1.5)).toMatchObject({
    ...{ kills: 2, browserKills: 2, sales: 12, acknowledged: 8, lost: 0, doubled: 0, stockMismatches: 0 },
    ...{ restartMs: { median: 500, max: 600 }, faults: { cut: 3 }, violations: [] },
    checkouts: { whole: 1, never: 1, late: 0 },
  });
  expect(chaosText(outcome)).toContain('2 with a push open');
});

test('a slow restart and what either half found are violations', () => {
  const server = { ...outcome.server, restartsMs: [10_001] } as ChaosOutcome['server'];
  const browser = { ...outcome.browser, violations: ['gone'] } as ChaosOutcome['browser'];
  expect(violationsOf({ server, browser })).toEqual(['a restart took 10001 ms, more than 10000', 'browser: gone']);
  expect(violationsOf({ server: null, browser: null })).toEqual([]);
});

test('progress is one line on a terminal, lines in a log, and nothing when quiet', () => {
  const written: string[] = [];
  const out = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) });
  createProgress(out(true), false).tell('half', 0.5);
  createProgress(out(false), false).tell('half', 0.5);
  createProgress(out(true), true).tell('half', 0.5);
  expect(written).toEqual(['\r\u001b[K[############............] half', '[############............] half\n']);
});

test('what the command does not know ends it with status 1 and a sentence', async () => {
  const chaos = new URL('../chaos.ts', import.meta.url).pathname;
  const run = promisify(execFile)(process.execPath, [chaos, '--kills', '-1']);
  await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('npm run chaos') });
});
