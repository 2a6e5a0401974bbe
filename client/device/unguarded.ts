import { mayPerson, type RoleSettings } from '../../schema/roles.ts';
import type { PersonAtDoor } from './people.ts';

/**
 * True where somebody may change people and none of those who may has a PIN: then each of them is who says so. It must be possible, or no shop
 * could begin; from the first such PIN on nobody passes for another of them (PIN4).
 */
export function isUnguarded(
  people: readonly Pick<PersonAtDoor, 'role' | 'hasPin'>[],
  settings: RoleSettings | undefined,
): boolean {
  const may = people.filter(({ role }) => mayPerson(role, 'people', settings));
  return may.length > 0 && may.every(({ hasPin }) => !hasPin);
}
