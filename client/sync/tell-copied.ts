import type { Head } from '../../schema/entry/entry.ts';
import { type DeviceId, entryId } from '../../schema/ids.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';

export interface TellCopiedDeps {
  readonly journal: Pick<Journal, 'index' | 'catchUp'>;
  readonly findings: Pick<Findings, 'about' | 'report'>;
  readonly enrolment: { readonly device: { readonly deviceId: DeviceId } };
}

/**
 * Tells a person when the server holds more of this device than the device itself: it was put back from an image, or has a twin, and what it
 * writes next stands in a place, and has a receipt number, that is taken. Told once; the server's verdicts tell of each entry.
 */
export async function tellCopied({ journal, findings, enrolment }: TellCopiedDeps, { seq, hash }: Head): Promise<void> {
  const isBehind = () => seq > journal.index.head().seq;
  if (!isBehind()) return;
  // Another tab of this device may have written, and sent, what this one has not read.
  await journal.catchUp();
  if (!isBehind() || (await findings.about('forked')).length > 0) return;
  await findings.report('forked', entryId(enrolment.device.deviceId, seq), {
    hash,
    reason: 'the server holds more of this device than it holds itself',
  });
}
