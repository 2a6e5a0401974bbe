import { LIVE_MESSAGE_BYTES_MAX } from '../../schema/limits.ts';
import { utf8Length } from '../../schema/payload-gate.ts';
import type { LiveClientMessage, LiveServerMessage } from '../../schema/protocol/live.ts';
import type { JournalPush, JournalPushAnswer } from '../../schema/protocol/push.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { Timers } from '../device/device-deps.ts';
import type { NetFault } from './http.ts';

export type PushAnswer = Result<JournalPushAnswer, NetFault>;
/** Rows of a push that may go over the socket; more are a batch, which a request carries better. */
const LIVE_ROWS_MAX = 4;
/** With so many pushes in a row without an answer, the next 1,024 go as requests: something on the way breaks the socket. */
const UNANSWERED_MAX = 10;

/** What the server says of a push over the socket. */
export type LivePushWord = Extract<LiveServerMessage, { type: 'pushed' | 'push-refused' }>;

/**
 * Pushes over the live socket, one at a time. What gave one no answer carries no more, nor does the socket after it at once: the next two go
 * as requests, and twice as many each time that it happens again before an answer.
 */
export interface LivePush {
  /** Null where no socket can carry it now. What gets no answer in time was not sent, as far as anybody knows. */
  post(push: JournalPush): Promise<PushAnswer> | null;
  /** A socket said hello; `say` sends a text over it. */
  begin(say: (text: string) => void): void;
  hear(word: LivePushWord): void;
  /** The socket is gone. */
  end(): void;
}

/** `timeoutMs`: how long an answer may take, in milliseconds. */
export function createLivePush(timers: Timers, timeoutMs: () => number): LivePush {
  let say: ((text: string) => void) | null = null;
  let asked = 0;
  let settle: ((answer: PushAnswer) => void) | null = null;
  let unanswered = 0;
  let asRequests = 0;
  const giveUp = (text: string) => {
    say = null;
    if (settle === null) return;
    unanswered = Math.min(unanswered + 1, UNANSWERED_MAX);
    asRequests = 2 ** unanswered;
    settle(fail({ kind: 'offline', text }));
  };
  const wait = () => {
    const { promise, resolve } = Promise.withResolvers<PushAnswer>();
    const cancel = timers.after(timeoutMs(), () => giveUp('No answer over the live socket in time'));
    settle = (answer) => {
      settle = null;
      cancel();
      resolve(answer);
    };
    return promise;
  };
  return {
    post: (push) => {
      if (say === null || settle !== null || push.entries.length > LIVE_ROWS_MAX) return null;
      if (asRequests > 0) {
        asRequests -= 1;
        return null;
      }
      const text = JSON.stringify({ type: 'push', ask: asked + 1, push } satisfies LiveClientMessage);
      if (utf8Length(text) > LIVE_MESSAGE_BYTES_MAX) return null;
      asked += 1;
      const answer = wait();
      say(text);
      return answer;
    },
    begin: (sayIt) => {
      say = sayIt;
    },
    hear: (word) => {
      if (word.ask !== asked || settle === null) return;
      unanswered = 0;
      settle(answerOf(word));
    },
    end: () => giveUp('The live socket is gone'),
  };
}

function answerOf(word: LivePushWord): PushAnswer {
  if (word.type === 'pushed') return ok(word.answer);
  const { code, retryAfterMs = null } = word;
  return fail({ kind: 'refused', code, text: `Refused over the live socket: ${code}`, retryAfterMs });
}
