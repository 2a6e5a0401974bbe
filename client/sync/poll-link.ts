import { type StatusAnswer, statusAnswerShape } from '../../schema/protocol/status.ts';
import type { Cancel } from '../device/device-deps.ts';
import type { LinkListener } from './connection.ts';
import type { Http } from './http.ts';

/**
 * The link of a device that was told not to use the live socket: one question whether the server is there. What fails later
 * is told by the requests that fail.
 */
export function openPollLink(
  http: Http,
  {
    onAnswer,
    onTrouble,
  }: { readonly onAnswer: (answer: StatusAnswer) => void; readonly onTrouble: (text: string) => void },
  listener: LinkListener,
): Cancel {
  let closed = false;
  const ask = async () => {
    const answer = await http.request('POST', '/sync/v1/status', { checkpoints: {} }, statusAnswerShape);
    if (closed) return;
    if (answer.ok) {
      onAnswer(answer.value);
      return listener.hello();
    }
    if (answer.error.kind === 'offline') return listener.lost();
    onTrouble(answer.error.text);
    return listener.strange();
  };
  void ask();
  return () => {
    closed = true;
  };
}
