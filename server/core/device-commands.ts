import { base32FromBytes, branchScope, type DeviceId } from '../../schema/ids.ts';
import {
  COMMANDS_MAX,
  type DeviceCommand,
  type WaitingCommand,
  waitingCommandShape,
} from '../../schema/protocol/device-care.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { ReadTx, StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { changeDeviceDoc } from './device-record.ts';
import { recordAct } from './record-change.ts';
import { isServerJournal } from './server-device.ts';

const ID_LENGTH = 12;

/** The commands that wait for a device, oldest first. */
export async function commandsFor(tx: Pick<ReadTx, 'records'>, deviceId: DeviceId): Promise<readonly WaitingCommand[]> {
  const records = await tx.records('command', { prefix: `${deviceId}:`, limit: COMMANDS_MAX });
  return records.map(({ json }) => waitingCommandShape.parse(JSON.parse(json)));
}

/**
 * Leaves a command for another device of the branch until it comes back; its document says so, so that one that is there hears of it at once.
 * The same command waits once. None is left for a revoked device.
 */
export async function giveCommand(
  core: Core,
  by: StoredDevice,
  deviceId: DeviceId,
  command: DeviceCommand,
): Promise<Result<WaitingCommand, 'not-found' | 'not-allowed' | 'too-many'>> {
  const device = await core.store.read((tx) => tx.device(deviceId));
  if (device?.branch !== by.branch || device.credentialHash === null || isServerJournal(device))
    return fail('not-found');
  if (core.ledger.isRevoked(deviceId)) return fail('not-allowed');
  const id = base32FromBytes(core.deps.randomBytes(ID_LENGTH));
  const givenAt = core.deps.now();
  return core.store.write([branchScope(by.branch)], async (tx) => {
    const waiting = await commandsFor(tx, deviceId);
    const same = waiting.find((one) => one.command === command);
    if (same) return ok(same);
    if (waiting.length >= COMMANDS_MAX) return fail('too-many');
    const given: WaitingCommand = { id, device: deviceId, command, givenAt, givenBy: by.till };
    await tx.putRecord({ kind: 'command', id: `${deviceId}:${id}`, at: givenAt, json: JSON.stringify(given) });
    await changeDeviceDoc(tx, deviceId, { commandAt: givenAt });
    await recordAct(core, tx, by, { device: deviceId, base: {}, patch: { command } });
    return ok(given);
  });
}

/** Takes a command back that its device has not heard of, or not answered; said again, it changes nothing. */
export async function withdrawCommand(
  core: Core,
  by: StoredDevice,
  deviceId: DeviceId,
  id: string,
): Promise<Result<Record<string, never>, 'not-found'>> {
  const device = await core.store.read((tx) => tx.device(deviceId));
  if (device?.branch !== by.branch) return fail('not-found');
  await core.store.write([], (tx) => tx.dropRecord('command', `${deviceId}:${id}`));
  return ok({});
}
