import { hash } from 'node:crypto';
import type { StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';

/** Random bytes of a bearer credential: 256 bits, so that a plain hash of it gives nothing away. */
const CREDENTIAL_BYTES = 32;
const CREDENTIAL_LENGTH_MAX = 200;

export function makeCredential(core: Core): string {
  return Buffer.from(core.deps.randomBytes(CREDENTIAL_BYTES)).toString('base64url');
}

/** What the server keeps of a credential. */
export function hashCredential(credential: string): string {
  return hash('sha256', credential, 'base64url');
}

/** The device that a credential belongs to. It alone decides device, branch and role. */
export async function findDevice(core: Core, credential: string): Promise<StoredDevice | undefined> {
  if (credential === '' || credential.length > CREDENTIAL_LENGTH_MAX) return undefined;
  return core.store.read((tx) => tx.deviceByCredential(hashCredential(credential)));
}
