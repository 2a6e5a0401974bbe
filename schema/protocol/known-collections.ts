import { PULLED_COLLECTIONS, type PulledCollection } from '../roles.ts';

/** The protocol version with which drafts came. */
export const DRAFTS_SINCE = 3;

/** What a device that speaks this version knows to pull: nothing else is ever named to it. */
export function knownCollections(protocol: number): readonly PulledCollection[] {
  return protocol >= DRAFTS_SINCE ? PULLED_COLLECTIONS : PULLED_COLLECTIONS.filter((name) => name !== 'drafts');
}
