import type { DeviceId } from '../../schema/ids.ts';
import { addStretch, cutOut, type Lacking } from '../../schema/protocol/lacking.ts';
import type { ReadTx, WriteTx } from '../store/store.ts';

const keyOf = (deviceId: DeviceId): string => `lacking ${deviceId}`;

/** What is missing of a device below its head. */
export async function lackingOf(tx: ReadTx, deviceId: DeviceId): Promise<Lacking> {
  return JSON.parse((await tx.meta(keyOf(deviceId))) ?? '[]') as Lacking;
}

/** The head of a device steps over these. */
export async function noteLacking(tx: WriteTx, deviceId: DeviceId, stretch: Lacking[number]): Promise<void> {
  await tx.setMeta(keyOf(deviceId), JSON.stringify(addStretch(await lackingOf(tx, deviceId), stretch)));
}

/** An entry came late, below the head of its device. */
export async function noteLate(tx: WriteTx, deviceId: DeviceId, seq: number): Promise<void> {
  await tx.setMeta(keyOf(deviceId), JSON.stringify(cutOut(await lackingOf(tx, deviceId), seq)));
}
