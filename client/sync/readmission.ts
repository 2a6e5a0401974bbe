import { type EnrolAnswer, readmitAnswerShape } from '../../schema/protocol/enrol.ts';
import { readmitSigningText } from '../../schema/signature.ts';
import type { Signer } from '../store/signer.ts';
import type { Tried } from './errand.ts';
import type { Http, NetFault } from './http.ts';
import { hearRefusal, type StandingListener } from './watched-http.ts';

export interface ReadmissionDeps {
  readonly http: Pick<Http, 'request'>;
  readonly enrolment: Pick<EnrolAnswer, 'device' | 'certificate' | 'credential'>;
  readonly signer: Signer;
  readonly standing: Pick<StandingListener, 'revoked'>;
  /** The server knows this device again, by the same credential. */
  readonly onReadmitted: () => Promise<void>;
  readonly onFault: (fault: NetFault) => void;
}

/**
 * A server that was restored to before this device's enrolment does not know it: the certificate says who it is, and its key that
 * it is it. One try; whoever calls it waits between them.
 */
export async function askToReadmit(deps: ReadmissionDeps): Promise<Tried> {
  const { device, certificate, credential } = deps.enrolment;
  const signature = await deps.signer.sign(readmitSigningText(device.deviceId, credential));
  const body = { certificate, credential, signature };
  const answer = await deps.http.request('POST', '/enrol/v1/readmit', body, readmitAnswerShape);
  if (answer.ok) {
    await deps.onReadmitted();
    return { done: true };
  }
  deps.onFault(answer.error);
  if (answer.error.kind !== 'refused') return { done: false };
  if (answer.error.code === 'revoked') {
    hearRefusal(answer.error.code, { ...deps.standing, notEnrolled: () => undefined });
    return { done: true };
  }
  return { done: false, notBeforeMs: answer.error.retryAfterMs ?? 0 };
}
