import { expect, test } from 'vitest';
import type { CommandResult, DeviceCommand, DeviceReport } from '../../schema/protocol/device-care.ts';
import { fail, ok } from '../../schema/result.ts';
import type { DoneCommand } from '../store/vault.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { type CommandDeps, doCommand, QUIET_MS } from './do-command.ts';
import { createLive } from './live.ts';
import { LATER_MS, REPORT_MS, reportDevice } from './report-device.ts';

/** A device whose server holds commands until they are answered. */
function open(commands: { id: string; command: DeviceCommand }[]) {
  const timers = createManualTimers();
  const [online, active, called] = [createLive(false), createLive(true), createLive(0)];
  const reports: DeviceReport[] = [];
  const acted: DeviceCommand[] = [];
  const it = { answers: true, answersAfterAct: true, result: 'done' as CommandResult | null };
  let kept: readonly DoneCommand[] = [];
  const waiting = [...commands];
  const stop = reportDevice({
    ...{ timers, online, active, called, clock: () => 5, log: () => {} },
    vault: {
      get: async () => kept as never,
      put: async (_slot: string, value: unknown) => {
        kept = value as readonly DoneCommand[];
      },
    },
    http: {
      request: async (_method: string, _path: string, body: unknown) => {
        reports.push(body as DeviceReport);
        if (!it.answers) return fail({ kind: 'offline', text: '' }) as never;
        for (const { id } of (body as DeviceReport).done) {
          const at = waiting.findIndex((one) => one.id === id);
          if (at >= 0) waiting.splice(at, 1);
        }
        return ok({ commands: [...waiting] }) as never;
      },
    },
    read: async () => ({
      ...{ person: null, waiting: 0, waitingSince: null, lag: 0, storage: null },
      ...{ requests: 0, failedRequests: 0 },
    }),
    act: async (command) => {
      if (it.result !== null) acted.push(command);
      it.answers = it.answersAfterAct;
      return it.result;
    },
  });
  return { timers, online, active, called, reports, acted, it, waiting, kept: () => kept, stop };
}

const settle = async () => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

test('[CARE1] a device says how it is when it comes back and now and then, and nothing while it is away', async () => {
  const device = open([]);
  await settle();
  expect(device.reports).toHaveLength(0);
  device.online.set(true);
  await settle();
  expect(device.reports).toHaveLength(1);
  device.timers.pass(REPORT_MS);
  await settle();
  expect(device.reports).toHaveLength(2);
  device.online.set(false);
  device.timers.pass(2 * REPORT_MS);
  await settle();
  expect(device.reports).toHaveLength(2);
  device.online.set(true);
  device.called.set(7);
  await settle();
  expect(device.reports.length).toBeGreaterThan(3);
  device.stop();
});

test('[CARE3] commands are done in their order, once, and what became of them is told', async () => {
  const device = open([
    { id: 'one', command: 'sync' },
    { id: 'two', command: 'lock' },
  ]);
  device.online.set(true);
  await settle();
  expect(device.acted).toEqual(['sync', 'lock']);
  expect(device.reports.at(-1)?.done).toEqual([
    { id: 'one', result: 'done' },
    { id: 'two', result: 'done' },
  ]);
  expect(device.waiting).toEqual([]);
  device.timers.pass(REPORT_MS);
  await settle();
  expect(device.kept()).toEqual([]);
  device.stop();
});

test('[CARE3] a command whose answer gets lost is answered again, and not done again', async () => {
  const device = open([{ id: 'one', command: 'reset' }]);
  device.it.answersAfterAct = false;
  device.online.set(true);
  await settle();
  expect(device.acted).toEqual(['reset']);
  expect(device.waiting).toHaveLength(1);
  expect(device.kept()).toEqual([{ id: 'one', result: 'done' }]);
  device.it.answers = true;
  device.timers.pass(REPORT_MS);
  await settle();
  expect(device.acted).toEqual(['reset']);
  expect(device.waiting).toEqual([]);
  device.stop();
});

test('[CARE5] a command that must wait is looked at again soon', async () => {
  const device = open([{ id: 'one', command: 'reset' }]);
  device.it.result = null;
  device.online.set(true);
  await settle();
  const before = device.reports.length;
  device.it.result = 'done';
  device.timers.pass(LATER_MS);
  await settle();
  expect(device.reports.length).toBeGreaterThan(before);
  expect(device.acted).toEqual(['reset']);
  device.stop();
});

const commandDeps = (more: Partial<CommandDeps> = {}): CommandDeps => ({
  people: { lock: async () => {}, locked: createLive(false) },
  ...{ syncNow: () => {}, fullSync: async () => {}, reset: async () => 'done' as const },
  ...{ isPaying: () => false, lastEntryAt: () => null, clock: () => 10 * QUIET_MS, ...more },
});

test('[CARE5] a reset waits while somebody sells, and removes nothing that could not be sent', async () => {
  expect(await doCommand(commandDeps({ isPaying: () => true }), 'reset')).toBeNull();
  expect(await doCommand(commandDeps({ lastEntryAt: () => 10 * QUIET_MS - 1 }), 'reset')).toBeNull();
  expect(await doCommand(commandDeps({ lastEntryAt: () => 1 }), 'reset')).toBe('done');
  let removed = false;
  const reset: CommandDeps['reset'] = async (save) => {
    await save();
    removed = true;
    return 'done';
  };
  expect(await doCommand(commandDeps({ reset }), 'reset')).toBe('not-sent');
  expect(removed).toBe(false);
  expect(await doCommand(commandDeps({ reset: async () => 'no-server' }), 'reset')).toBe('no-server');
});
