import { useDevice } from './contexts.ts';
import { useLive } from './use-live.ts';

/** Why this device asks who is here: nobody is, or it is locked; null when it does not ask. It never asks before people have been pulled. */
export function useDoor(): 'nobody' | 'locked' | null {
  const { company, active, people } = useDevice();
  const all = useLive(people.all);
  const person = useLive(company.person);
  const locked = useLive(people.locked);
  const mayWrite = useLive(active);
  if (!mayWrite || all.length === 0) return null;
  if (locked) return 'locked';
  return person === undefined ? 'nobody' : null;
}
