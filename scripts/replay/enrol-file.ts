import { z } from 'zod';

/** What the server writes for its first devices. */
const enrolFileShape = z.object({
  codes: z.array(z.object({ role: z.string(), code: z.string() })),
  people: z.array(z.object({ name: z.string(), pin: z.string() })).default([]),
});

/** The manager's one-time code. Throws when the file holds none. */
export function firstCode(file: unknown): string {
  const manager = enrolFileShape.parse(file).codes.find(({ role }) => role === 'manager');
  if (manager === undefined) throw new Error('The server gave no enrolment code for a manager.');
  return manager.code;
}

/** The PIN of one of the demo's people; '' for somebody who has none. */
export function pinIn(file: unknown, name: string): string {
  return enrolFileShape.parse(file).people.find((person) => person.name === name)?.pin ?? '';
}
