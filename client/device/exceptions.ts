import type { DeviceEntry } from '../../schema/entry/entry.ts';
import {
  EXCEPTION_ACTION,
  type ExceptionKey,
  exceptionSubject,
  heldReviews,
  type Review,
} from '../../schema/exception.ts';
import type { DeviceId, EntryId, PersonId, TillCode } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { ExceptionBook } from '../store/exception-book.ts';
import type { BranchSale, SellFault, Till } from './device.ts';
import { type Evidence, type EvidenceDeps, readEvidence } from './exception-evidence.ts';
import type { Live } from './live.ts';
import { gapKeys, type MissingNumbers, type MissingNumbersDeps, readMissing } from './missing-numbers.ts';
import { saleOfRow } from './office.ts';

/**
 * Something accepted but flagged: one flag of one entry, and what a person made of it. Numbers that are missing between two entries stand
 * under the first of them, flag `gap`.
 */
export interface Exception extends ExceptionKey {
  /** The entry; of a gap the one behind it. */
  readonly sale: BranchSale;
  /** What is missing. */
  readonly gap?: MissingNumbers;
  /** Null as long as it waits for somebody. */
  readonly seen: { readonly by: PersonId; readonly at: number; readonly note: string; readonly review: EntryId } | null;
}

/** What is accepted but flagged, of this device's branch. Works offline; every settlement is an entry that all devices get. */
export interface Exceptions {
  /** A new number whenever {@link list} would answer differently. */
  readonly version: Live<number>;
  /** How many wait for somebody, as far as read: all of them once {@link list} was asked. */
  waiting(): number;
  /** Newest arrival first. The first call reads the branch journal through. */
  list(): Promise<readonly Exception[]>;
  /** What shows why it was flagged, as far as this device holds it. */
  evidence(exception: Exception): Promise<readonly Evidence[]>;
  /** Says that they were looked at; one entry each, in order. Stops at the first that cannot be written. */
  settle(keys: readonly ExceptionKey[], note: string): Promise<Result<readonly EntryId[], SellFault>>;
  /** Takes a settlement back. */
  openAgain(review: EntryId): Promise<Result<DeviceEntry, SellFault>>;
}

export interface ExceptionsDeps extends MissingNumbersDeps, EvidenceDeps {
  readonly exceptionBook: ExceptionBook;
  readonly company: CompanyBook;
  readonly branchJournal: MissingNumbersDeps['branchJournal'] & EvidenceDeps['branchJournal'];
  readonly record: Till['record'];
}

/** Characters of a note, as an approval's reason allows. */
export const NOTE_MAX = 200;

export function createExceptions(deps: ExceptionsDeps): Exceptions {
  const { exceptionBook, company, record } = deps;
  const review = async (subject: string, reason: string): Promise<Result<DeviceEntry, SellFault>> => {
    const person = company.person.get();
    if (!person) return fail({ code: 'no-person' });
    return record('approval', { action: EXCEPTION_ACTION, approver: person.person, by: 'self', subject, reason });
  };
  const till = (device: DeviceId) => tillOf(company, device);
  return {
    version: exceptionBook.version,
    waiting: () => {
      const held = heldReviews(exceptionBook.reviews());
      return [...flagKeys(exceptionBook), ...gapKeys(deps)].filter((key) => !held.has(exceptionSubject(key))).length;
    },
    list: async () => {
      await exceptionBook.readAll();
      return [...(await listMissing(deps, till)), ...listFlagged(exceptionBook, till)];
    },
    evidence: (exception) => readEvidence(deps, exception),
    settle: async (keys, note) => {
      const written: EntryId[] = [];
      for (const key of keys) {
        const done = await review(exceptionSubject(key), note.trim().slice(0, NOTE_MAX).toWellFormed());
        if (!done.ok) return done;
        written.push(done.value.id);
      }
      return ok(written);
    },
    openAgain: (id) => review(id, ''),
  };
}

function flagKeys(book: ExceptionBook): ExceptionKey[] {
  return book.flagged().flatMap((row) => flagsOf(row).map((flag) => ({ id: row.id, flag })));
}

function listFlagged(book: ExceptionBook, till: (device: DeviceId) => TillCode | undefined): readonly Exception[] {
  const held = heldReviews(book.reviews());
  return book.flagged().flatMap((row) => {
    const sale = saleOfRow(row, till(row.deviceId));
    return flagsOf(row).map((flag) => ({
      id: row.id,
      flag,
      sale,
      seen: seenOf(held.get(exceptionSubject({ id: row.id, flag }))),
    }));
  });
}

async function listMissing(
  deps: ExceptionsDeps,
  till: (device: DeviceId) => TillCode | undefined,
): Promise<readonly Exception[]> {
  const held = heldReviews(deps.exceptionBook.reviews());
  return (await readMissing(deps)).map(({ behind, ...missing }) => ({
    ...missing,
    sale: saleOfRow(behind, till(behind.deviceId)),
    seen: seenOf(held.get(exceptionSubject(missing))),
  }));
}

function flagsOf({ flags, verdict }: BranchEntry): readonly string[] {
  return verdict === 'quarantined' && !flags.includes('quarantined') ? [...flags, 'quarantined'] : flags;
}

function seenOf(review: Review | undefined): Exception['seen'] {
  if (!review) return null;
  return { by: review.body.approver, at: review.at, note: review.body.reason, review: review.id };
}

function tillOf(company: CompanyBook, device: DeviceId): TillCode | undefined {
  return company.devices.get().find((doc) => doc.device === device)?.till;
}
