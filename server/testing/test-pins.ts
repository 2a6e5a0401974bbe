import { createHash } from 'node:crypto';
import type { PersonId } from '../../schema/ids.ts';
import type { PinVerifier } from '../../schema/protocol/pins.ts';
import type { TestServer } from './test-http.ts';
import type { TestEnrolment } from './test-shop.ts';

/** What a device's rounds would make of a PIN; the server never does them. */
export function proofOf(pin: string): string {
  return createHash('sha256').update(`rounds ${pin}`).digest('base64url');
}

export function verifierOf(pin: string): PinVerifier {
  return {
    ...{ salt: 'salt-of-a-test-person-0', rounds: 1 },
    verifier: createHash('sha256').update(proofOf(pin)).digest('base64url'),
  };
}

/** Sets a person's first PIN. */
export async function setFirstPin(
  server: TestServer,
  { credential }: TestEnrolment,
  person: PersonId,
  pin: string,
): Promise<void> {
  const body = { by: person, proof: '', pin: verifierOf(pin) };
  const answer = await server.ask(`/api/v1/people/${person}/pin`, { method: 'POST', credential, body });
  if (answer.status !== 200) throw new Error(answer.text);
}
