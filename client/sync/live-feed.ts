import type { Epoch } from '../../schema/epoch.ts';
import type { DeviceId } from '../../schema/ids.ts';
import type { Lacking } from '../../schema/protocol/lacking.ts';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import type { JournalPushAnswer } from '../../schema/protocol/push.ts';
import type { LiveCell } from '../device/live.ts';
import { createPositions } from './positions.ts';
import type { PullRounds } from './pull-rounds.ts';
import type { ServerClock } from './server-clock.ts';
import type { SyncBoard } from './sync-board.ts';

export interface LiveFeedDeps {
  readonly board: SyncBoard;
  readonly serverClock: ServerClock;
  readonly presence: LiveCell<readonly DeviceId[]>;
  readonly rounds: Pick<PullRounds, 'live' | 'markBehind' | 'follow'>;
  /** `lacking` is what the server lacks of own entries below that head. */
  readonly onHello: (epoch: Epoch, head: JournalPushAnswer['head'], lacking?: Lacking) => void;
  /** Something was missed: a pull must bring it. */
  readonly askPull: () => void;
}

/** Takes what the live socket says to where it belongs. */
export function createLiveFeed(deps: LiveFeedDeps): (message: LiveServerMessage) => void {
  const { board, serverClock, presence, rounds } = deps;
  const positions = createPositions();
  const pullMissed = () => {
    rounds.markBehind();
    deps.askPull();
  };
  const takeChanges = (message: Extract<LiveServerMessage, { type: 'changes' }>) => {
    const follows = positions.follow(message.scope, message.from, message.to.seq);
    if (!follows) board.log.write(`Missed changes of ${message.scope} before ${message.from}`);
    board.count('liveChanges', message.changes.length);
    if (follows && rounds.live(message)) board.synced();
    else pullMissed();
  };
  return (message) => {
    switch (message.type) {
      case 'hello':
        serverClock.heard(message.serverTime);
        presence.set(message.live);
        positions.begin(message.positions);
        rounds.follow(() => ({ epoch: message.epoch, positions: positions.now() }));
        // Between the last socket and this one anything may have happened: the pull after a hello brings it.
        rounds.markBehind();
        return deps.onHello(message.epoch, message.head, message.lacking);
      case 'changes':
        return takeChanges(message);
      case 'resync':
        return pullMissed();
      case 'presence':
        return presence.set(message.live);
      case 'pong':
        return serverClock.heard(message.serverTime);
      case 'pushed':
      case 'push-refused':
      case 'error':
        // The link tells these itself.
        return;
    }
  };
}
