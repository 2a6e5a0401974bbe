import { type DeviceId, splitEntryId, type TillCode } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import { rescueText } from '../../schema/rescue-text.ts';
import type { OpenDisk, Shelves } from '../store/device-disk.ts';
import type { OwnEntry } from '../store/journal.ts';
import { readInPages } from '../store/read-in-pages.ts';

/** Entries of a device whose enrolment this browser lost: its journal lies here still. */
export interface LeftJournal {
  readonly deviceId: DeviceId;
  /** Undefined where this browser does not know any more which till it was: then no file of it can prove whose it is. */
  readonly till: TillCode | undefined;
  readonly entries: number;
  /** A rescue file of all of them, as text. */
  readonly rescue: string | null;
}

/** What an earlier enrolment of this slot left on its disk, a journal per device. Opens the disk and closes it again. */
export async function readLeftHere(openDisk: OpenDisk, slot: string, clock: () => number): Promise<LeftJournal[]> {
  const disk = await openDisk(slot);
  try {
    const entries: OwnEntry[] = [];
    await readInPages(disk.shelves.journal, (page) => void entries.push(...page));
    const byDevice = Map.groupBy(entries, ({ id }) => splitEntryId(id).deviceId);
    return await Promise.all([...byDevice].map(([device, own]) => leftOf(disk.shelves, device, own, clock)));
  } finally {
    await disk.close();
  }
}

async function leftOf(
  { company }: Shelves,
  deviceId: DeviceId,
  entries: readonly OwnEntry[],
  clock: () => number,
): Promise<LeftJournal> {
  const doc = (await company.find({})).find((one) => one.kind === 'device' && one.device === deviceId);
  const left = { deviceId, till: undefined, entries: entries.length, rescue: null };
  if (doc?.kind !== 'device' || doc.certificate === undefined) return left;
  const { branch, role, till, generation, certificate } = doc;
  const device: DeviceIdentity = { deviceId, branch, role, till, generation };
  return {
    ...left,
    till,
    rescue: rescueText({ device, certificate, madeAt: clock(), entries: [...entries], damaged: [] }),
  };
}
