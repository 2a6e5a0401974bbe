import { expect, test } from 'vitest';
import type { DeviceId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { must, ok } from '../../schema/result.ts';
import { idleTasks } from './idle-tasks.ts';

const OTHER = 'b'.repeat(16) as DeviceId;

/** A till that compares with the server; of the other till entries lie here, and its head is said by the server. */
function createTrial() {
  const held = new Set<number>([1, 2, 3]);
  const trial = { head: 3, started: 0, pulls: 0, found: [] as unknown[], asked: 0, mayGoOn: true, held };
  const rows = () =>
    [...held].sort((left, right) => left - right).map((seq) => ({ seq, receivedAt: 5 }) as BranchEntry);
  const [compare] = idleTasks({
    levelCheck: {
      repair: async () => {
        trial.mayGoOn = trial.mayGoOn && trial.asked >= 0;
        return { done: true };
      },
    },
    askStatus: async () => {
      trial.asked += 1;
      return ok({ serverTime: 10, heads: { [OTHER]: { seq: trial.head, hash: '0' } } }) as never;
    },
    branchJournal: { after: async (_device: DeviceId, seq: number) => rows().filter((row) => row.seq > seq) },
    findings: { report: async (_kind: string, about: string) => void trial.found.push(about) },
    memory: {
      startOver: async () => {
        trial.started += 1;
      },
    },
    rounds: { markBehind: () => undefined },
    askPull: () => {
      trial.pulls += 1;
    },
    settings: () => ({ branchWindowDays: null, digestIntervalMs: 1 }),
    enrolment: { device: { deviceId: 'a'.repeat(16), role: 'manager' } },
  } as never);
  return { ...trial, trial, run: () => must(compare, 'a task').run(() => trial.mayGoOn) };
}

test('[SYNC21] an entry that is on its way while heads are compared is no damage', async () => {
  const { trial, run } = createTrial();
  trial.head = 4;
  expect(await run()).toBe(false);
  expect([trial.started, trial.found, trial.pulls]).toEqual([0, [], 1]);
  trial.held.add(4);
  trial.head = 5;
  expect(await run()).toBe(false);
  expect(trial.started).toBe(0);
  trial.held.add(5);
  expect(await run()).toBe(true);
});

test('[SYNC21] one that is missing still is pulled for, once', async () => {
  const { trial, run } = createTrial();
  trial.held.delete(2);
  expect([await run(), await run()]).toEqual([false, true]);
  expect([trial.started, trial.found]).toEqual([1, [`branchJournal:${OTHER}:2`]]);
  expect([await run(), trial.started]).toEqual([true, 1]);
});

test('[SYNC7] [SYNC22] heads are not asked for when somebody sells, or sync stops, while collections are compared', async () => {
  const { trial, run } = createTrial();
  trial.mayGoOn = false;
  expect([await run(), trial.asked]).toEqual([false, 0]);
});
