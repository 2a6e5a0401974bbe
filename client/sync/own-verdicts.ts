import { type EntryId, splitEntryId } from '../../schema/ids.ts';
import type { EntryVerdict } from '../../schema/protocol/push.ts';
import type { Findings } from '../store/findings.ts';
import type { PushRow } from './push-body.ts';

export interface VerdictListener {
  readonly findings: Pick<Findings, 'report'>;
  /** These own entries move no stock here: the server could not read them, or counts them under a fork's id. */
  readonly onQuarantined: (ids: readonly EntryId[]) => void;
}

/** Writes down what a person should know of. Gives the seqs of refused rows. */
export async function reportVerdicts(
  { findings, onQuarantined }: VerdictListener,
  batch: readonly PushRow[],
  verdicts: readonly EntryVerdict[],
): Promise<number[]> {
  const sent = new Map(batch.map(({ id, hash }) => [`${id} ${hash}`, id]));
  const told = verdicts.flatMap((one) => {
    const own = sent.get(`${one.id} ${one.hash}`);
    const { verdict, hash, reason = '' } = one;
    return own === undefined || verdict === 'accepted' || verdict === 'duplicate'
      ? []
      : [{ own, verdict, hash, reason }];
  });
  for (const { own, verdict, hash, reason } of told) await findings.report(verdict, own, { hash, reason });
  const quarantined = told.filter(({ verdict }) => verdict !== 'refused').map(({ own }) => own);
  if (quarantined.length > 0) onQuarantined(quarantined);
  return told.filter(({ verdict }) => verdict === 'refused').map(({ own }) => seqOf(own));
}

export function seqOf(id: EntryId): number {
  return splitEntryId(id).seq;
}
