import { existsSync } from 'node:fs';

/** A program that this machine does not have; the message says how it gets it. */
export class NotInstalled extends Error {}

/** The first of `places` that is there. Throws {@link NotInstalled} with the package of Debian and Ubuntu that brings it. */
export function findProgram(name: string, places: readonly string[], packageName: string, exists = existsSync): string {
  const found = places.find((place) => exists(place));
  if (found === undefined)
    throw new NotInstalled(`There is no ${name} on this machine; on Debian and Ubuntu: apt-get install ${packageName}`);
  return found;
}
