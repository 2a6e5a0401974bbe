import type { CompanyDoc } from '../company.ts';
import { ORDER_ID_PREFIX } from '../draft.ts';
import { PULLED_COLLECTIONS, type PulledCollection } from '../roles.ts';

/** The protocol version with which drafts came. */
export const DRAFTS_SINCE = 3;
/** The protocol version with which orders came among the drafts. */
const ORDERS_SINCE = 4;

/** What a device that speaks this version knows to pull: nothing else is ever named to it. */
export function knownCollections(protocol: number): readonly PulledCollection[] {
  return protocol >= DRAFTS_SINCE ? PULLED_COLLECTIONS : PULLED_COLLECTIONS.filter((name) => name !== 'drafts');
}

/** The protocol version with which each kind of company document came. */
const KINDS_SINCE: Readonly<Record<CompanyDoc['kind'], number>> = {
  settings: 1,
  branch: 1,
  person: 1,
  tax: 1,
  device: 1,
  epoch: 2,
  pin: 3,
  customer: 3,
  promotion: 3,
  'branch-name': 4,
};

/** False for a document that a device of this version cannot read: it would file each, and find its collection unlike the server's for ever. */
export function knowsDocument(protocol: number, collection: string, id: string): boolean {
  if (collection === 'drafts') return protocol >= (id.startsWith(ORDER_ID_PREFIX) ? ORDERS_SINCE : DRAFTS_SINCE);
  if (collection !== 'company') return true;
  const [kind = ''] = id.split(':');
  return (KINDS_SINCE[kind as CompanyDoc['kind']] ?? 1) <= protocol;
}

/** Whether a collection may hold documents that a device of this version cannot read. */
export function hidesDocuments(protocol: number, collection: string): boolean {
  if (collection === 'drafts') return protocol < ORDERS_SINCE;
  return collection === 'company' && Object.values(KINDS_SINCE).some((since) => since > protocol);
}
