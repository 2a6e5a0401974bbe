import { type JournalPush, journalPushAnswerShape } from '../../schema/protocol/push.ts';
import type { Http } from './http.ts';
import type { LivePush, PushAnswer } from './live-push.ts';
import type { SyncBoard } from './sync-board.ts';
import { DRAIN_PATH, hearRefusal, type StandingListener } from './watched-http.ts';

/** Sends own entries to the server and gives its answer. */
export type PostEntries = (push: JournalPush) => Promise<PushAnswer>;

export interface PushDoorDeps {
  readonly http: Pick<Http, 'request'>;
  readonly livePush: Pick<LivePush, 'post'>;
  readonly board: Pick<SyncBoard, 'count'>;
  readonly standing: StandingListener;
}

/** Few entries go over the live socket where one is open, which costs them no headers; all others as a request. */
export function createPushDoor({ http, livePush, board, standing }: PushDoorDeps): PostEntries {
  return async (push) => {
    const answered = livePush.post(push);
    if (answered === null) return http.request('POST', DRAIN_PATH, push, journalPushAnswerShape);
    board.count('pushes');
    const answer = await answered;
    if (!answer.ok) {
      board.count('failedRequests');
      if (answer.error.kind === 'refused') hearRefusal(answer.error.code, standing);
    }
    return answer;
  };
}
