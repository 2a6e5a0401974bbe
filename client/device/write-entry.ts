import type { BodyOf, DeviceEntryKind } from '../../schema/entry/entry.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { CompanyBook } from '../store/company-book.ts';
import { DoneElsewhere, type EntryOf, type Journal } from '../store/journal.ts';
import type { SellFault } from './device.ts';
import type { Live } from './live.ts';
import { findBodyFault } from './sell-check.ts';

export interface WriteDeps {
  readonly journal: Pick<Journal, 'index' | 'append' | 'read'>;
  readonly company: Pick<CompanyBook, 'person'>;
  readonly active: Live<boolean>;
  /** False when the disk might not take another entry. */
  readonly hasRoom: () => boolean;
}

/**
 * Writes an entry that is neither sale nor refund: checked first, as the server will. `body` is asked again in the append's own turn, so
 * that what it reads of the journal is what stands before it there.
 */
export async function writeEntry<Kind extends Exclude<DeviceEntryKind, 'sale' | 'refund'>>(
  { journal, company, active, hasRoom }: WriteDeps,
  kind: Kind,
  body: () => BodyOf<Kind>,
): Promise<Result<EntryOf<Kind>, SellFault>> {
  const person = company.person.get();
  if (!active.get()) return fail<SellFault>({ code: 'not-active' });
  if (person === undefined) return fail<SellFault>({ code: 'no-person' });
  const fault = findBodyFault(kind, body()) ?? (hasRoom() ? null : { code: 'no-room' as const });
  return fault ? fail(fault) : written(journal.append(kind, person.person, body));
}

/** A sealed entry that must not be written. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly fault: SellFault;
  constructor(fault: SellFault) {
    super(`Not written: ${fault.code}.`);
    this.fault = fault;
  }
}

/**
 * A disk that fails is told, never thrown at a screen: nothing was written, and nothing was sold. Nor is a cart that another tab sold.
 * `findFault` says of what could not even be sealed why.
 */
export async function written<Entry>(
  append: Promise<Entry>,
  findFault: () => SellFault | null = () => null,
): Promise<Result<Entry, SellFault>> {
  try {
    return ok(await append);
  } catch (error) {
    if (error instanceof Refused) return fail(error.fault);
    if (error instanceof DoneElsewhere) return fail({ code: 'cart-sold' });
    return fail(findFault() ?? { code: 'not-written' });
  }
}
