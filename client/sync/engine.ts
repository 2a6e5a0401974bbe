import type { Epoch } from '../../schema/epoch.ts';
import { type DeviceId, type EntryId, hashShape } from '../../schema/ids.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { EnrolAnswer } from '../../schema/protocol/enrol.ts';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { Result } from '../../schema/result.ts';
import { mayDevice, PULLED_COLLECTIONS, type PulledCollection } from '../../schema/roles.ts';
import type { OwnEdit, SyncSettings } from '../device/device.ts';
import type { Cancel, DeviceDeps } from '../device/device-deps.ts';
import type { LiveCell } from '../device/live.ts';
import type { EditBook } from '../store/edit-book.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import { createAskStatus } from './ask-status.ts';
import { createConnection, type OpenLink } from './connection.ts';
import { sendEdits } from './edit-outbox.ts';
import { createErrand, type Tried } from './errand.ts';
import type { Http, NetFault } from './http.ts';
import { createJournalOutbox } from './journal-outbox.ts';
import { openLiveLink } from './live-link.ts';
import { openPollLink } from './poll-link.ts';
import { createPositions } from './positions.ts';
import type { PullDoor } from './pull-door.ts';
import { createPullRounds } from './pull-rounds.ts';
import type { Replication } from './replication.ts';
import type { ServerClock } from './server-clock.ts';
import { liveAddress } from './settings.ts';
import type { SyncBoard } from './sync-board.ts';
import type { SyncMemory } from './sync-memory.ts';

export interface EngineDeps {
  readonly world: Pick<DeviceDeps, 'timers' | 'random' | 'openSocket' | 'surroundings'>;
  readonly enrolment: EnrolAnswer;
  readonly settings: () => SyncSettings;
  readonly serverOrigin: () => string;
  readonly http: Http;
  readonly memory: SyncMemory;
  readonly board: SyncBoard;
  readonly serverClock: ServerClock;
  readonly journal: Journal;
  readonly editBook: EditBook;
  readonly findings: Findings;
  readonly door: (collection: PulledCollection) => PullDoor;
  readonly createReplication: (collection: PulledCollection) => Replication;
  readonly presence: LiveCell<readonly DeviceId[]>;
  readonly onQuarantined: (ids: readonly EntryId[]) => void;
  readonly onEditsSettled: (edits: readonly OwnEdit[]) => void;
  /** The acknowledged head moved. */
  readonly onAcknowledged: () => void;
}

/** All of sync, from one start to one stop: another start takes another engine. */
export interface SyncEngine {
  start(): Promise<void>;
  stop(): Promise<void>;
  entryAppended(): void;
  editAdded(): void;
  /** Everything at once, without waiting for a timer. */
  syncNow(): void;
  fullSync(): Promise<void>;
  checkpoint(collection: PulledCollection): Checkpoint | null;
  askStatus(): Promise<Result<StatusAnswer, NetFault>>;
}

export function createEngine(deps: EngineDeps): SyncEngine {
  const { world, http, memory, board, journal, editBook } = deps;
  const positions = createPositions();
  const askStatus = createAskStatus(http);
  let stopping = false;
  const onFault = (fault: Pick<NetFault, 'kind' | 'text'>) => {
    if (stopping) return;
    board.fault(fault);
    // Without a live socket the requests are the only sign of the network.
    if (!deps.settings().live) connection.lost();
  };
  const tellWaiting = () => board.waiting(outbox.waiting().length, editBook.waiting().length);
  const outbox = createJournalOutbox({
    journal,
    http,
    findings: deps.findings,
    held: memory.acknowledged,
    keep: async (next) => {
      await memory.keepAcknowledged(next);
      tellWaiting();
      deps.onAcknowledged();
    },
    rowsMax: () => deps.settings().pushBatch,
    onQuarantined: deps.onQuarantined,
    onSent: (rows) => {
      board.answered();
      board.log.write(`Sent ${rows} entries`);
    },
    onFault,
  });
  const adoptEpoch = async (epoch: Epoch, head: { seq: number; hash: string }) => {
    await outbox.adopt(epoch, { seq: head.seq, hash: hashShape.parse(head.hash) });
  };
  const rounds = createPullRounds({ ...deps, askStatus, adoptEpoch, onFault, askAgain: () => pullErrand.ask() });

  /** A disk that fails is told and tried again, like a network that fails. */
  const createGuarded = (attempt: () => Promise<Tried>) =>
    createErrand(world, () =>
      attempt().catch((error: unknown): Tried => {
        onFault({ kind: 'refused', text: String(error) });
        return { done: false };
      }),
    );
  const journalErrand = createGuarded(async () => {
    await journal.catchUp();
    return outbox.run();
  });
  const editErrand = createGuarded(() =>
    sendEdits({
      book: editBook,
      http,
      rowsMax: () => deps.settings().pushBatch,
      onSettled: (edits) => {
        deps.onEditsSettled(edits);
        tellWaiting();
        pullErrand.ask();
      },
      onFault,
    }),
  );
  const pullErrand = createGuarded(rounds.run);
  const maySendEdits = mayDevice(deps.enrolment.device.role, 'push', 'edits');
  const errands = [journalErrand, pullErrand, ...(maySendEdits ? [editErrand] : [])];
  const hurryAll = () => {
    for (const errand of errands) errand.hurry();
  };

  const hello = async (epoch: Epoch, head: { seq: number; hash: string }) => {
    await adoptEpoch(epoch, head);
    hurryAll();
  };
  const pullMissed = () => {
    rounds.markBehind();
    pullErrand.ask();
  };
  const onMessage = (message: LiveServerMessage) => {
    switch (message.type) {
      case 'hello':
        deps.serverClock.heard(message.serverTime);
        deps.presence.set(message.live);
        positions.begin(message.positions);
        rounds.markBehind();
        void hello(message.epoch, message.head);
        break;
      case 'changes': {
        const follows = positions.follow(message.scope, message.from, message.to.seq);
        if (!follows) board.log.write(`Missed changes of ${message.scope} before ${message.from}`);
        if (!follows || !rounds.live(message)) pullMissed();
        else board.synced();
        break;
      }
      case 'resync':
        pullMissed();
        break;
      case 'presence':
        deps.presence.set(message.live);
        break;
      case 'pong':
        deps.serverClock.heard(message.serverTime);
        break;
      case 'error':
        break;
    }
  };
  const openLink: OpenLink = (listener) => {
    const onTrouble = (text: string) => board.fault({ kind: 'not-the-server', text });
    if (!deps.settings().live) {
      const onAnswer = (answer: StatusAnswer) => {
        deps.serverClock.heard(answer.serverTime);
        void hello(answer.epoch, answer.head);
      };
      return openPollLink(http, { onAnswer, onTrouble }, listener);
    }
    const url = liveAddress(deps.serverOrigin());
    const link = { ...world, url, credential: deps.enrolment.credential, timeoutMs: deps.settings().requestTimeoutMs };
    return openLiveLink({ ...link, waiting: () => outbox.waiting().length, onMessage, onTrouble }, listener);
  };
  const connection = createConnection(world, openLink, (state) => {
    board.link(state);
    if (state !== 'online') deps.presence.set([]);
  });

  const syncNow = () => {
    connection.hurry();
    hurryAll();
  };
  let cancels: Cancel[] = [];
  const tick = (): Cancel =>
    world.timers.after(deps.settings().pullIntervalMs, () => {
      for (const errand of errands) errand.ask();
      cancels[0] = tick();
    });
  return {
    start: async () => {
      board.ready(memory.pull().ready);
      tellWaiting();
      await rounds.start();
      const { onOnline, onVisible } = world.surroundings;
      cancels = [tick(), onOnline(syncNow), onVisible(syncNow)];
      connection.start();
      hurryAll();
    },
    stop: async () => {
      stopping = true;
      for (const cancel of cancels) cancel();
      connection.stop();
      const stopped = errands.map((errand) => errand.stop());
      http.abort();
      await rounds.stop();
      await Promise.all(stopped);
    },
    entryAppended: () => {
      tellWaiting();
      journalErrand.ask();
    },
    editAdded: () => {
      tellWaiting();
      editErrand.ask();
    },
    syncNow,
    fullSync: async () => {
      await memory.startOver(PULLED_COLLECTIONS);
      rounds.markBehind();
      pullErrand.hurry();
    },
    checkpoint: rounds.checkpoint,
    askStatus: () => askStatus(rounds.checkpoint),
  };
}
