import type { DeviceEntry } from './entry/entry.ts';
import type { EntryId } from './ids.ts';
import type { PersonAction } from './roles.ts';

/**
 * The action of the `approval` entries by which a person says what became of a flagged entry: with a flag's subject it is settled, with the
 * id of such an entry that one is taken back.
 */
export const EXCEPTION_ACTION: PersonAction = 'exception';

/** One flag of one entry; a quarantined entry has the flag `quarantined`. */
export interface ExceptionKey {
  readonly id: EntryId;
  readonly flag: string;
}

export type Review = Extract<DeviceEntry, { kind: 'approval' }>;

/** True for an entry that settles an exception or opens one again. */
export function isReview(entry: Pick<DeviceEntry, 'kind' | 'body'>): entry is Review {
  return entry.kind === 'approval' && (entry.body as Review['body']).action === EXCEPTION_ACTION;
}

/** What a review names: the entry and its flag. An amount behind a flag's name may still change and is left out. */
export function exceptionSubject({ id, flag }: ExceptionKey): string {
  return `${id} ${flag.split(':')[0]}`;
}

/**
 * The reviews that hold, by subject: one holds as long as nothing took it back. A union of facts, so the order in which they
 * arrive says nothing; of several about one subject the earliest is given.
 */
export function heldReviews(reviews: Iterable<Review>): ReadonlyMap<string, Review> {
  const all = [...reviews];
  const undone = new Set(all.map(({ body }) => body.subject));
  const held = new Map<string, Review>();
  for (const review of all) {
    const { subject = '' } = review.body;
    if (!subject.includes(' ') || undone.has(review.id)) continue;
    const before = held.get(subject);
    if (before === undefined || isBefore(review, before)) held.set(subject, review);
  }
  return held;
}

function isBefore(one: Review, other: Review): boolean {
  return one.at < other.at || (one.at === other.at && one.id < other.id);
}
