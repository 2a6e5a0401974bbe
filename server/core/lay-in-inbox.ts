import type { Head } from '../../schema/entry/entry.ts';
import type { Epoch } from '../../schema/epoch.ts';
import { entryId } from '../../schema/ids.ts';
import type { PublicKey } from '../../schema/protocol/enrol.ts';
import { entrySigningText } from '../../schema/signature.ts';
import type { ReadTx, StoredDevice, WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { epochOf } from './epoch.ts';
import { type Laid, layTogether } from './lay-together.ts';
import type { OwnRun } from './own-run.ts';
import type { ReadPush } from './read-push.ts';
import { targets } from './targets.ts';
import { receivedHead } from './told-head.ts';
import { readSignatures, rowKey } from './vouch.ts';

/** Rows that may wait, or a few more: half a minute of work. With more of them a push waits until it is taken. */
const INBOX_ROWS_MAX = 200_000;

/** What is answered to a push that was laid down: all its rows are accepted (`OwnRun.verdicts`). */
export interface LaidAnswer {
  readonly epoch: Epoch;
  readonly head: Head;
}

/**
 * Lays a large push into the inbox where nothing can come of it but that all its rows are accepted: a device's own rows, which follow what is here of it
 * without a gap, signed at their end. Gives the answer when it is on the disk; null where it must be taken at once.
 */
export async function layInInbox(
  core: Core,
  courier: StoredDevice,
  { beside, rows, count, run }: ReadPush,
  protocol: number,
): Promise<LaidAnswer | null> {
  if (!run || protocol === 1 || !isOwn(core, courier, run) || !isSigned(core, courier, run, beside.signatures ?? []))
    return null;
  if (core.inbox.length() + count > INBOX_ROWS_MAX) return null;
  const { deviceId, branch } = courier;
  const { firstSeq, last } = run;
  const lay = async (tx: WriteTx): Promise<Laid | null> => {
    if (!(await follows(tx, run))) return null;
    const push = {
      branch,
      deviceId,
      firstSeq,
      last,
      receivedAt: core.deps.now(),
      beside: JSON.stringify(beside),
      rows,
    };
    const n = await tx.putInInbox(push);
    return { place: { n, deviceId, length: count }, answer: { epoch: await epochOf(tx), head: last } };
  };
  return layTogether(core, { courier, lay });
}

function isOwn({ ledger }: Core, { deviceId, branch }: StoredDevice, run: OwnRun): boolean {
  return run.deviceId === deviceId && run.branch === branch && !ledger.isRevoked(deviceId);
}

/** True when the device's own signature stands at its last row: by the chain it proves all before it. */
function isSigned(
  { deps }: Core,
  { publicKey }: StoredDevice,
  { deviceId, last: { seq, hash } }: OwnRun,
  signatures: readonly unknown[],
): boolean {
  const id = entryId(deviceId, seq);
  const signature = readSignatures(signatures).get(rowKey({ id, hash }));
  if (signature === undefined) return false;
  return deps.verify(JSON.parse(publicKey) as PublicKey, entrySigningText(id, hash), signature);
}

/** True where the run goes on from what is here of its device, nothing waits behind a gap, it was never copied, and counts in its own counters. */
async function follows(tx: ReadTx, { deviceId, firstSeq, prev }: OwnRun): Promise<boolean> {
  const held = await receivedHead(tx, deviceId);
  if (held.seq + 1 !== firstSeq || held.hash !== prev) return false;
  if ((await tx.forksOf(deviceId)).length > 0) return false;
  if ((await tx.entriesFrom(deviceId, firstSeq, 1)).length > 0) return false;
  return (await tx.settledBy(targets.retired(deviceId))) === undefined;
}
