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
import type { Live } from './live.ts';
import { saleOfRow } from './office.ts';

/** Something accepted but flagged: one flag of one entry, and what a person made of it. */
export interface Exception extends ExceptionKey {
  readonly sale: BranchSale;
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
  /** Says that they were looked at; one entry each, in order. Stops at the first that cannot be written. */
  settle(keys: readonly ExceptionKey[], note: string): Promise<Result<readonly EntryId[], SellFault>>;
  /** Takes a settlement back. */
  openAgain(review: EntryId): Promise<Result<DeviceEntry, SellFault>>;
}

export interface ExceptionsDeps {
  readonly exceptionBook: ExceptionBook;
  readonly company: CompanyBook;
  readonly record: Till['record'];
}

/** Characters of a note, as an approval's reason allows. */
export const NOTE_MAX = 200;

export function createExceptions({ exceptionBook, company, record }: ExceptionsDeps): Exceptions {
  const review = async (subject: string, reason: string): Promise<Result<DeviceEntry, SellFault>> => {
    const person = company.person.get();
    if (!person) return fail({ code: 'no-person' });
    return record('approval', { action: EXCEPTION_ACTION, approver: person.person, by: 'self', subject, reason });
  };
  const read = () => listExceptions(exceptionBook, (device) => tillOf(company, device));
  return {
    version: exceptionBook.version,
    waiting: () => read().filter(({ seen }) => seen === null).length,
    list: async () => {
      await exceptionBook.readAll();
      return read();
    },
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

function listExceptions(book: ExceptionBook, till: (device: DeviceId) => TillCode | undefined): readonly Exception[] {
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
