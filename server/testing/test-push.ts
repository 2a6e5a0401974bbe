import type { JournalPush, JournalPushAnswer } from '../../schema/protocol/push.ts';
import { entrySigningText } from '../../schema/signature.ts';
import type { Core } from '../core/core.ts';
import { pushJournal } from '../core/push-journal.ts';
import type { TestEnrolment } from './test-shop.ts';

type Author = Pick<TestEnrolment, 'sign'>;

/** The rows with the signature of `author` beside each that has an id and a hash to sign. */
export function signedRows(author: Author, rows: readonly unknown[]): Pick<JournalPush, 'entries' | 'signatures'> {
  return { entries: [...rows], signatures: rows.flatMap((row) => signatureOf(author, row)) };
}

/** One row's signature as it crosses the wire; none for what has no place. */
export function signatureOf({ sign }: Author, row: unknown): { id: string; hash: string; signature: string }[] {
  const { id, hash } = (row ?? {}) as { id?: unknown; hash?: unknown };
  if (typeof id !== 'string' || typeof hash !== 'string') return [];
  return [{ id, hash, signature: sign(entrySigningText(id as never, hash as never)) }];
}

/** Pushes a device's own rows, each signed by it, as its outbox does. */
export function pushRows(
  core: Core,
  device: TestEnrolment,
  rows: readonly unknown[],
  more: Partial<JournalPush> = {},
): Promise<JournalPushAnswer> {
  return pushJournal(core, device.stored, { ...signedRows(device, rows), ...more });
}
