import type { z } from 'zod';
import {
  type DeviceIdentity,
  enrolAnswerShape,
  normaliseEnrolCode,
  type PublicKey,
  publicKeyShape,
} from '../../schema/protocol/enrol.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { createHttp } from '../sync/http.ts';
import { DEFAULT_SETTINGS, serverOrigin } from '../sync/settings.ts';
import type { DeviceDeps } from './device-deps.ts';

/** Why a device was not enrolled. `offline`: no answer; `not-the-server`: something else answered. */
export type EnrolFault = ErrorCode | 'offline' | 'not-the-server' | 'already-enrolled' | 'bad-address';

/** Who this slot is, or null while it is not enrolled. */
export async function enrolledAs(deps: Pick<DeviceDeps, 'vault'>): Promise<DeviceIdentity | null> {
  return (await deps.vault.get('enrolment'))?.device ?? null;
}

/**
 * Enrols this slot with a one-time code: makes a key pair that cannot be read out, registers its public half, and keeps
 * the certificate and the credential. `serverAddress` '' is the address the app came from. Needs the network.
 */
export async function enrolDevice(
  deps: DeviceDeps,
  request: { readonly serverAddress: string; readonly code: string },
): Promise<Result<DeviceIdentity, EnrolFault>> {
  if (await enrolledAs(deps)) return fail('already-enrolled');
  const origin = serverOrigin(request.serverAddress, deps.origin);
  if (origin === null) return fail('bad-address');
  const keys = await deps.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const publicKey = await exportPublicKey(deps.subtle, keys.publicKey);
  const answer = await askToEnrol(deps, origin, request.code, publicKey);
  if (!answer.ok) return answer;
  await keepEnrolment(deps, { ...answer.value, serverAddress: request.serverAddress }, keys);
  return ok(answer.value.device);
}

async function exportPublicKey(subtle: SubtleCrypto, key: CryptoKey): Promise<PublicKey> {
  return publicKeyShape.parse(await subtle.exportKey('jwk', key));
}

async function askToEnrol(
  deps: DeviceDeps,
  origin: string,
  code: string,
  publicKey: PublicKey,
): Promise<Result<z.infer<typeof enrolAnswerShape>, EnrolFault>> {
  const http = createHttp(deps, () => ({ origin, credential: null, timeoutMs: DEFAULT_SETTINGS.requestTimeoutMs }));
  const body = { code: normaliseEnrolCode(code), publicKey };
  const answer = await http.request('POST', '/enrol/v1', body, enrolAnswerShape);
  if (answer.ok) return ok(answer.value);
  return fail(answer.error.kind === 'refused' ? answer.error.code : answer.error.kind);
}

/** The identity goes last: a slot is enrolled when it has one, and then it has everything. */
async function keepEnrolment(
  { vault }: DeviceDeps,
  enrolment: z.infer<typeof enrolAnswerShape> & { serverAddress: string },
  keys: CryptoKeyPair,
): Promise<void> {
  await vault.put('keys', keys);
  await vault.put('settings', { ...DEFAULT_SETTINGS, serverAddress: enrolment.serverAddress });
  await vault.put('enrolment', enrolment);
}
