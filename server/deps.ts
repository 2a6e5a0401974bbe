import type { Logger } from 'pino';
import type { VerifySignature } from './keys/verify-signature.ts';

/** What the server takes from the machine. Only main.ts (and the tests' own) make real ones. */
export interface Deps {
  /** The server's clock, milliseconds since 1970. It stamps and expires; it never orders anything. */
  now(): number;
  /** Cryptographically strong random bytes. */
  randomBytes(count: number): Uint8Array;
  /** Calls `work` every `ms` until the returned function is called. */
  every(ms: number, work: () => void): () => void;
  /** Calls `work` once after `ms`, unless the returned function is called before. */
  after(ms: number, work: () => void): () => void;
  /** Resolves when whatever came in meanwhile was looked at: between the parts of long work, so that others are served. */
  breathe(): Promise<void>;
  /** Checks a device's signature; at once, because it happens inside transactions. */
  readonly verify: VerifySignature;
  readonly log: Logger;
}
