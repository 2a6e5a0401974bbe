import { createContext, useContext } from 'react';
import type { EntryId } from '../../schema/ids.ts';
import { must, type Result } from '../../schema/result.ts';
import type { AllowWish } from '../device/people.ts';

/** Asks whether a person may do something. */
export type Allow = (wish: AllowWish) => Promise<Result<EntryId | null, 'cancelled'>>;

export const AllowContext = createContext<Allow | null>(null);

/**
 * Gives the way to ask: resolves with null where the person's role may do it alone, which is written down where nothing else would say it; otherwise somebody who may is asked for
 * their PIN, and it resolves with the id of the approval entry, on disk, or with `cancelled`. Works offline.
 */
export function useAllow(): Allow {
  return must(useContext(AllowContext), 'Allow');
}
