import type { DeviceId, EntryId } from '../../schema/ids.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { EnrolAnswer } from '../../schema/protocol/enrol.ts';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { Result } from '../../schema/result.ts';
import { mayDevice, PULLED_COLLECTIONS, type PulledCollection } from '../../schema/roles.ts';
import type { OwnEdit, SyncSettings } from '../device/device.ts';
import type { Cancel, DeviceDeps, Timers } from '../device/device-deps.ts';
import type { LiveCell } from '../device/live.ts';
import type { EditBook } from '../store/edit-book.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import { createAskStatus } from './ask-status.ts';
import { createConnection, type OpenLink } from './connection.ts';
import { sendEdits } from './edit-outbox.ts';
import { createGuardedErrand, type Tried } from './errand.ts';
import type { Http, NetFault } from './http.ts';
import { createJournalOutbox, type JournalOutbox } from './journal-outbox.ts';
import { createLiveFeed, type LiveFeedDeps } from './live-feed.ts';
import { openLiveLink } from './live-link.ts';
import { openPollLink } from './poll-link.ts';
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
  const askStatus = createAskStatus(http);
  let stopping = false;
  const onFault = (fault: Pick<NetFault, 'kind' | 'text'>) => {
    if (stopping) return;
    board.fault(fault);
    // Without a live socket the requests are the only sign of the network.
    if (!deps.settings().live) connection.lost();
  };
  const tellWaiting = () => board.waiting(outbox.waiting().length, editBook.waiting().length);
  const outbox = openJournalOutbox(deps, onFault, tellWaiting);
  const askPull = () => pullErrand.ask();
  const rounds = createPullRounds({ ...deps, askStatus, adoptEpoch: outbox.adopt, onFault, askAgain: askPull });

  const errandFor = (attempt: () => Promise<Tried>) =>
    createGuardedErrand(world, attempt, (text) => onFault({ kind: 'refused', text }));
  const pullErrand = errandFor(rounds.run);
  const journalErrand = errandFor(async () => {
    await journal.catchUp();
    return outbox.run();
  });
  const onSettled = (edits: readonly OwnEdit[]) => {
    deps.onEditsSettled(edits);
    tellWaiting();
    askPull();
  };
  const rowsMax = () => deps.settings().pushBatch;
  const editErrand = errandFor(() => sendEdits({ book: editBook, http, rowsMax, onSettled, onFault }));
  const maySendEdits = mayDevice(deps.enrolment.device.role, 'push', 'edits');
  const errands = [journalErrand, pullErrand, ...(maySendEdits ? [editErrand] : [])];
  const hurryAll = () => {
    for (const errand of errands) errand.hurry();
  };

  const onHello: LiveFeedDeps['onHello'] = (epoch, head) => {
    outbox.adopt(epoch, head).then(hurryAll, (error: unknown) => onFault({ kind: 'refused', text: String(error) }));
  };
  const onMessage = createLiveFeed({ ...deps, rounds, onHello, askPull });
  const openLink = createLinkOpener(deps, { onMessage, onHello, waiting: () => outbox.waiting().length });
  const connection = createConnection(world, openLink, (state) => {
    board.link(state);
    if (state !== 'online') deps.presence.set([]);
  });
  const syncNow = () => {
    connection.hurry();
    hurryAll();
  };
  const askAll = () => {
    for (const errand of errands) errand.ask();
  };
  let cancels: Cancel[] = [];
  return {
    start: async () => {
      board.ready(memory.pull().ready);
      tellWaiting();
      await rounds.start();
      if (stopping) return;
      const { onOnline, onVisible } = world.surroundings;
      cancels = [
        repeat(world.timers, () => deps.settings().pullIntervalMs, askAll),
        onOnline(syncNow),
        onVisible(syncNow),
      ];
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

function openJournalOutbox(
  deps: EngineDeps,
  onFault: (fault: NetFault) => void,
  tellWaiting: () => void,
): JournalOutbox {
  const { journal, http, findings, memory, board, onQuarantined } = deps;
  return createJournalOutbox({
    journal,
    http,
    findings,
    held: memory.acknowledged,
    keep: async (next) => {
      await memory.keepAcknowledged(next);
      tellWaiting();
      deps.onAcknowledged();
    },
    rowsMax: () => deps.settings().pushBatch,
    onQuarantined,
    onSent: (rows) => {
      board.answered();
      board.log.write(`Sent ${rows} entries`);
    },
    onFault,
  });
}

interface LinkHandlers {
  readonly onMessage: (message: LiveServerMessage) => void;
  readonly onHello: LiveFeedDeps['onHello'];
  readonly waiting: () => number;
}

/** The live socket, or without it one question now and then. */
function createLinkOpener(deps: EngineDeps, { onMessage, onHello, waiting }: LinkHandlers): OpenLink {
  const { world, http, board, serverClock, enrolment } = deps;
  const onTrouble = (text: string) => board.fault({ kind: 'not-the-server', text });
  const onAnswer = (answer: StatusAnswer) => {
    serverClock.heard(answer.serverTime);
    onHello(answer.epoch, answer.head);
  };
  return (listener) => {
    const { live, requestTimeoutMs: timeoutMs } = deps.settings();
    if (!live) return openPollLink(http, { onAnswer, onTrouble }, listener);
    const url = liveAddress(deps.serverOrigin());
    const { credential } = enrolment;
    return openLiveLink({ ...world, url, credential, timeoutMs, waiting, onMessage, onTrouble }, listener);
  };
}

/** Again and again, each time after as long as is said then. */
function repeat(timers: Timers, pauseMs: () => number, act: () => void): Cancel {
  const again = () =>
    timers.after(pauseMs(), () => {
      act();
      cancel = again();
    });
  let cancel = again();
  return () => cancel();
}
