import { branchScope, type DeviceId } from '../../schema/ids.ts';
import {
  type DeviceOverview,
  type DeviceReport,
  type DeviceReportAnswer,
  type KeptReport,
  keptReportShape,
  type WaitingCommand,
} from '../../schema/protocol/device-care.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { ReadTx, StoredDevice, WriteTx } from '../store/store.ts';
import { readCompanyDoc } from './company-writer.ts';
import type { Core } from './core.ts';
import { readSizes } from './database-size.ts';
import { commandsFor } from './device-commands.ts';
import { changeDeviceDoc, deviceDocId } from './device-record.ts';
import { recordAct } from './record-change.ts';

/** Keeps what a device says about itself, takes its word for commands that are done, and tells it what it shall do. */
export function takeReport(core: Core, { deviceId }: StoredDevice, report: DeviceReport): Promise<DeviceReportAnswer> {
  const receivedAt = core.deps.now();
  return core.store.write([], async (tx) => {
    const last =
      (await settleCommands(tx, deviceId, report, receivedAt)) ?? (await readReport(tx, deviceId))?.last ?? null;
    const { at, done: _done, ...rest } = report;
    const kept: KeptReport = { ...rest, device: deviceId, receivedAt, clockErrorMs: clockError(at, receivedAt), last };
    await tx.putRecord({ kind: 'report', id: deviceId, at: receivedAt, json: JSON.stringify(kept) });
    const waiting = await commandsFor(tx, deviceId);
    return { commands: waiting.map(({ id, command }) => ({ id, command })) };
  });
}

/** How far a clock is off, in milliseconds; one that claims to be beyond all bounds is at the bound. */
function clockError(at: number, receivedAt: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, at - receivedAt));
}

/** Drops the commands that the device has answered; gives what became of the newest of them. */
async function settleCommands(
  tx: WriteTx,
  deviceId: DeviceId,
  { done }: DeviceReport,
  at: number,
): Promise<KeptReport['last']> {
  let last: KeptReport['last'] = null;
  const byId = new Map((await commandsFor(tx, deviceId)).map((one) => [one.id, one]));
  for (const { id, result } of done) {
    const command = byId.get(id)?.command;
    if (command === undefined) continue;
    await tx.dropRecord('command', `${deviceId}:${id}`);
    last = { command, result, at };
  }
  return last;
}

async function readReport(tx: Pick<ReadTx, 'record'>, deviceId: DeviceId): Promise<KeptReport | undefined> {
  const record = await tx.record('report', deviceId);
  return record && keptReportShape.parse(JSON.parse(record.json));
}

/** How all devices of a branch are, as far as they said, and how the database grows. */
export async function readOverview(core: Core, { branch }: StoredDevice): Promise<DeviceOverview> {
  const bytes = await core.store.size();
  return core.store.read(async (tx) => {
    const reports: KeptReport[] = [];
    const commands: WaitingCommand[] = [];
    for (const { deviceId } of await tx.devicesOfBranch(branch)) {
      const report = await readReport(tx, deviceId);
      if (report) reports.push(report);
      commands.push(...(await commandsFor(tx, deviceId)));
    }
    const [oldest] = await readSizes(tx);
    const before = oldest ? { at: oldest[0], bytes: oldest[1] } : null;
    return { serverTime: core.deps.now(), reports, commands, database: { bytes, before } };
  });
}

/** What people call a device of the branch beside its till code; '' for nothing. */
export async function renameDevice(
  core: Core,
  by: StoredDevice,
  deviceId: DeviceId,
  name: string,
): Promise<Result<Record<string, never>, 'not-found'>> {
  const device = await core.store.read((tx) => tx.device(deviceId));
  if (device?.branch !== by.branch) return fail('not-found');
  await core.store.write([branchScope(by.branch)], async (tx) => {
    const before = await readCompanyDoc(tx, 'device', deviceDocId(deviceId));
    await changeDeviceDoc(tx, deviceId, { name });
    const base = { name: before?.name ?? '' };
    if (before && base.name !== name) await recordAct(core, tx, by, { device: deviceId, base, patch: { name } });
  });
  return ok({});
}
