import { createHash } from 'node:crypto';
import type { PublicKey } from '../../schema/protocol/enrol.ts';

/** What names a public key for good: its JWK thumbprint (RFC 7638), in base64url. */
export function thumbprintOf({ crv, kty, x, y }: PublicKey): string {
  // The members in the order of their names, without blanks: the RFC's own form.
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}
