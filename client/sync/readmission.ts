import { type EnrolAnswer, type ReadmitAnswer, readmitAnswerShape } from '../../schema/protocol/enrol.ts';
import { ok, type Result } from '../../schema/result.ts';
import { readmitSigningText } from '../../schema/signature.ts';
import type { Signer } from '../store/signer.ts';
import type { Tried } from './errand.ts';
import type { Http, NetFault } from './http.ts';
import type { NamedHead } from './journal-outbox.ts';

export interface DoorDeps {
  readonly http: Pick<Http, 'request'>;
  readonly enrolment: Pick<EnrolAnswer, 'device' | 'certificate' | 'credential'>;
  readonly signer: Signer;
}

export interface ReadmissionDeps extends DoorDeps {
  /** The server knows this device again, by the same credential. */
  readonly onReadmitted: () => Promise<void>;
  /** It may hand in what it holds, and nothing else. A server of version 2 does not say how far it holds it: null. */
  readonly onRevoked: (told: ReadmitAnswer | null) => Promise<void>;
  readonly onFault: (fault: NetFault) => void;
}

/**
 * A server that was restored to before this device's enrolment does not know it: the certificate says who it is, and its key that
 * it is it. A revoked device asks here too: nowhere else is it told of a new history, in which what was acknowledged is missing. One
 * try; whoever calls it waits between them.
 */
export async function askToReadmit(deps: ReadmissionDeps): Promise<Tried> {
  const answer = await askAtDoor(deps);
  if (answer.ok) {
    await (answer.value.revoked ? deps.onRevoked(answer.value) : deps.onReadmitted());
    return { done: true };
  }
  deps.onFault(answer.error);
  if (answer.error.kind !== 'refused') return { done: false };
  if (answer.error.code === 'revoked') {
    await deps.onRevoked(null);
    return { done: true };
  }
  return { done: false, notBeforeMs: answer.error.retryAfterMs ?? 0 };
}

/** How far the server holds this device, which may be revoked and is told nowhere else; null where the door does not say. */
export async function askHeadAtDoor(deps: DoorDeps): Promise<Result<NamedHead, NetFault> | null> {
  const answer = await askAtDoor(deps);
  if (!answer.ok || !answer.value.head) return null;
  return ok({ epoch: answer.value.epoch, head: answer.value.head });
}

/** What the server says of a device that proves itself by its certificate and its key. */
async function askAtDoor({ http, enrolment, signer }: DoorDeps): Promise<Result<ReadmitAnswer, NetFault>> {
  const { device, certificate, credential } = enrolment;
  const signature = await signer.sign(readmitSigningText(device.deviceId, credential));
  const body = { certificate, credential, signature };
  return http.request('POST', '/enrol/v1/readmit', body, readmitAnswerShape);
}
