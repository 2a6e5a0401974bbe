import type { CompanyDoc } from '../../schema/company.ts';
import type { DeviceId, EntryId } from '../../schema/ids.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { EnrolAnswer, ReadmitAnswer } from '../../schema/protocol/enrol.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { Result } from '../../schema/result.ts';
import { mayDevice, PULLED_COLLECTIONS, type PulledCollection } from '../../schema/roles.ts';
import type { OutboxState, OwnEdit, SyncSettings } from '../device/device.ts';
import type { Cancel, DeviceDeps, Timers } from '../device/device-deps.ts';
import type { Live, LiveCell } from '../device/live.ts';
import type { BranchJournal } from '../store/branch-journal.ts';
import type { Shelves } from '../store/device-disk.ts';
import type { DraftBook } from '../store/draft-book.ts';
import type { EditBook } from '../store/edit-book.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import type { Signer } from '../store/signer.ts';
import { createAskStatus } from './ask-status.ts';
import { createConnection } from './connection.ts';
import { sendDrafts } from './draft-outbox.ts';
import { sendEdits } from './edit-outbox.ts';
import { createGuardedErrand, type Tried } from './errand.ts';
import type { Http, NetFault } from './http.ts';
import { idleTasks } from './idle-tasks.ts';
import { createIdleWork, type IdleTask } from './idle-work.ts';
import type { JournalOutbox } from './journal-outbox.ts';
import { createLevelCheck } from './level-check.ts';
import { createLinkOpener } from './link-opener.ts';
import { createLiveFeed, type LiveFeedDeps } from './live-feed.ts';
import { createLivePush } from './live-push.ts';
import { createForkOffer } from './offer-forked.ts';
import { openJournalOutbox } from './open-journal-outbox.ts';
import { openLeftBehind } from './open-left-behind.ts';
import { openRecovery } from './open-recovery.ts';
import { outboxState } from './outbox-state.ts';
import type { PullDoor } from './pull-door.ts';
import { createPullRounds } from './pull-rounds.ts';
import { createPushDoor } from './push-door.ts';
import { askHeadAtDoor, askToReadmit } from './readmission.ts';
import type { Replication } from './replication.ts';
import type { ServerClock } from './server-clock.ts';
import { pullsInBackground, windowDays } from './settings.ts';
import type { SyncBoard } from './sync-board.ts';
import type { SyncMemory } from './sync-memory.ts';
import { tellCopied } from './tell-copied.ts';
import { type StandingListener, watchHttp } from './watched-http.ts';

export interface EngineDeps {
  readonly world: Pick<DeviceDeps, 'timers' | 'random' | 'openSocket' | 'surroundings' | 'clock'>;
  readonly enrolment: EnrolAnswer;
  readonly signer: Signer;
  readonly settings: () => SyncSettings;
  readonly serverOrigin: () => string;
  readonly http: Http;
  readonly memory: SyncMemory;
  readonly board: SyncBoard;
  readonly serverClock: ServerClock;
  readonly journal: Journal;
  readonly branchJournal: BranchJournal;
  readonly company: { readonly devices: Live<readonly Extract<CompanyDoc, { kind: 'device' }>[]> };
  readonly shelves: Shelves;
  readonly editBook: EditBook;
  readonly draftBook: DraftBook;
  readonly findings: Findings;
  readonly door: (collection: PulledCollection) => PullDoor;
  readonly createReplication: (collection: PulledCollection) => Replication;
  readonly presence: LiveCell<readonly DeviceId[]>;
  readonly onQuarantined: (ids: readonly EntryId[]) => void;
  readonly onEditsSettled: (edits: readonly OwnEdit[]) => void;
  /** The acknowledged head moved. */
  readonly onAcknowledged: () => void;
  /** What the device does besides while nobody sells. */
  readonly moreIdleTasks: readonly IdleTask[];
}

/** All of sync, from one start to one stop: another start takes another engine. */
export interface SyncEngine {
  start(): Promise<void>;
  stop(): Promise<void>;
  entryAppended(): void;
  editAdded(): void;
  draftChanged(): void;
  /** Everything at once, without waiting for a timer. */
  syncNow(): void;
  fullSync(): Promise<void>;
  checkpoint(collection: PulledCollection): Checkpoint | null;
  askStatus(): Promise<Result<StatusAnswer, NetFault>>;
  outbox(): OutboxState;
}

export function createEngine(deps: EngineDeps): SyncEngine {
  const { world, memory, board, journal, editBook, draftBook, settings } = deps;
  let stopping = false;
  const standing: StandingListener = {
    notEnrolled: () => readmitErrand.ask(),
    revoked: () => {
      board.revoked(true);
      readmitErrand.ask();
    },
  };
  const http = watchHttp(deps.http, board, standing);
  const keptDays = () => windowDays(settings(), deps.enrolment.device.role);
  const askStatus = createAskStatus(http, keptDays);
  const onFault = (fault: Pick<NetFault, 'kind' | 'text'>) => {
    if (stopping) return;
    board.fault(fault);
    // Without a live socket the requests are the only sign of the network.
    if (link.isWithoutSocket()) connection.lost();
  };
  const tellWaiting = () => board.waiting(outbox.waiting(), editBook.waiting().length, draftBook.waiting().length);
  const beginEpoch = async () => {
    const { epoch } = memory.acknowledged();
    board.log.write(`The server's history is number ${epoch.n} now`);
    deps.onEditsSettled(await editBook.reopen(epoch));
    rounds.markBehind();
    hurryAll();
  };
  const askHead = async () => (board.status.get().revoked && (await askHeadAtDoor(deps))) || askStatus(() => null);
  const livePush = createLivePush(world.timers, () => settings().requestTimeoutMs);
  const post = createPushDoor({ http, livePush, board, standing });
  const outbox = openJournalOutbox({ ...deps, post, onFault, tellWaiting, beginEpoch, askStatus: askHead });
  const adopt: JournalOutbox['adopt'] = async (epoch, head, lacking) => {
    await tellCopied(deps, head).catch((error: unknown) => onFault({ kind: 'refused', text: String(error) }));
    return outbox.adopt(epoch, head, lacking);
  };
  const follow = async ({ epoch, head, lacking }: StatusAnswer): Promise<boolean> => {
    const isNew = await adopt(epoch, head, lacking?.[deps.enrolment.device.deviceId]);
    if (!outbox.isThrough()) journalErrand.ask();
    return isNew;
  };
  const followEpoch = async (): Promise<boolean> => {
    const answer = await askStatus(() => null);
    if (answer.ok) return follow(answer.value);
    onFault(answer.error);
    return false;
  };
  const askPull = () => pullErrand.ask();
  const rounds = createPullRounds({
    ...{ ...deps, http, askStatus, windowDays: keptDays },
    ...{ followEpoch, onFault, askAgain: askPull },
    isEmpty: async (collection) => {
      const { layers, count } = deps.shelves[collection];
      // Counting would read out what a start left for later.
      return !layers?.() && (await count()) === 0;
    },
  });
  const levelCheck = createLevelCheck({
    http,
    shelf: (collection) => deps.shelves[collection] as never,
    rounds,
    findings: deps.findings,
    startOver: memory.startOver,
    askPull,
    onLevel: async (collection) => (collection === 'drafts' ? draftBook.forgetUnserved() : undefined),
    onCompared: () => board.count('digests'),
    onFault,
  });
  const mayGoOn = () => !stopping && outbox.isThrough();
  const following = { followEpoch, follow, askStatus, askPull };
  const recovery = openRecovery({ ...deps, ...following, http, levelCheck, mayGoOn, onFault });

  const errandFor = (attempt: () => Promise<Tried>) =>
    createGuardedErrand(world, attempt, (text) => onFault({ kind: 'refused', text }));
  /** What must come first has come: the work for others may go on. */
  const thenRecover = (tried: Tried) => {
    if (tried.done) recoveryErrand.ask();
    return tried;
  };
  const recoveryErrand = errandFor(recovery.run);
  const pullErrand = errandFor(async () => {
    const endRound = draftBook.beginRound();
    const tried = await rounds.run();
    if (tried.done) await endRound();
    if (tried.done && maySendEdits) editErrand.ask();
    if (tried.done && maySendDrafts) draftErrand.ask();
    return thenRecover(tried);
  });
  const journalErrand = errandFor(async () => {
    await journal.catchUp();
    return thenRecover(await outbox.run());
  });
  const onSettled = (edits: readonly OwnEdit[]) => {
    deps.onEditsSettled(edits);
    tellWaiting();
    askPull();
  };
  const rowsMax = () => settings().pushBatch;
  const epoch = () => memory.acknowledged().epoch;
  const onEpoch = async () => void (await followEpoch());
  const seen = () => rounds.checkpoint('products');
  const editErrand = errandFor(() =>
    sendEdits({ book: editBook, http, rowsMax, epoch, seen, onEpoch, onSettled, onFault }),
  );
  const maySendEdits = mayDevice(deps.enrolment.device.role, 'push', 'edits');
  const draftErrand = errandFor(() =>
    sendDrafts({
      ...{ book: draftBook, http, rowsMax, epoch, onEpoch, onFault, onSettled: tellWaiting },
      isPulled: () => memory.pull().complete.includes('drafts'),
    }),
  );
  const maySendDrafts = mayDevice(deps.enrolment.device.role, 'push', 'draftChanges');
  const errands = [
    ...[journalErrand, pullErrand],
    ...(maySendEdits ? [editErrand] : []),
    ...(maySendDrafts ? [draftErrand] : []),
  ];
  const hurryAll = () => {
    for (const errand of errands) errand.hurry();
  };
  const askAll = () => {
    for (const errand of errands) errand.ask();
  };
  const onReadmitted = async () => {
    board.log.write('The server knows this device again');
    // Their pauses go on: a server that takes back what it said must not be asked in a circle.
    askAll();
  };
  const onRevoked = async (told: ReadmitAnswer | null) => {
    board.revoked(true);
    if (told?.head) await adopt(told.epoch, told.head, told.lacking);
    journalErrand.ask();
  };
  const readmitErrand = errandFor(() => askToReadmit({ ...deps, onReadmitted, onRevoked, onFault }));

  const forkOffer = createForkOffer({
    ...{ timers: world.timers, journal, findings: deps.findings, outbox },
    askToSend: () => journalErrand.ask(),
    onFault: (error) => onFault({ kind: 'refused', text: String(error) }),
  });
  const onHello: LiveFeedDeps['onHello'] = (said, head, lacking) => {
    forkOffer.greeted();
    adopt(said, head, lacking).then(hurryAll, (error: unknown) => {
      onFault({ kind: 'refused', text: String(error) });
      // Nothing says it again while the socket lives.
      journalErrand.ask();
    });
  };
  const onMessage = createLiveFeed({ ...deps, rounds, onHello, askPull });
  const link = createLinkOpener({
    ...deps,
    http,
    standing,
    livePush,
    onMessage,
    onHello,
    credential: deps.enrolment.credential,
    waiting: () => outbox.waiting(),
    checkpoints: rounds.checkpoints,
  });
  const connection = createConnection(world, link.open, (state) => {
    board.link(state);
    if (state === 'online') return;
    deps.presence.set([]);
    rounds.follow(() => null);
  });
  const syncNow = () => {
    connection.hurry();
    hurryAll();
  };
  const hour = () => new Date(world.clock()).getHours();
  const askInBackground = () => {
    const hasSocket = board.status.get().connection === 'online' && !link.isWithoutSocket();
    if (pullsInBackground(settings(), hour(), hasSocket)) askAll();
  };
  const idle = createIdleWork({
    timers: world.timers,
    hour,
    settings,
    isLevel: () => isLevel(deps),
    tasks: [
      ...idleTasks({ ...deps, askStatus: () => askStatus(() => null), levelCheck, rounds, askPull }),
      openLeftBehind({ ...deps, http, askStatus: () => askStatus(() => null), onFault }),
      ...deps.moreIdleTasks,
    ],
    log: board.log.write,
  });
  let cancels: Cancel[] = [];
  return {
    start: async () => {
      board.ready(memory.pull().ready);
      // Where a crash came between the new history and this.
      await editBook.reopen(epoch());
      tellWaiting();
      await rounds.start();
      if (stopping) return;
      const { onOnline, onVisible } = world.surroundings;
      cancels = [
        repeat(world.timers, () => settings().pullIntervalMs, askInBackground),
        onOnline(syncNow),
        onVisible(syncNow),
      ];
      connection.start();
      forkOffer.greeted();
      idle.start();
      hurryAll();
    },
    stop: async () => {
      stopping = true;
      for (const cancel of cancels) cancel();
      idle.stop();
      forkOffer.stop();
      connection.stop();
      const stopped = [...errands, recoveryErrand, readmitErrand].map((errand) => errand.stop());
      http.abort();
      await rounds.stop();
      await Promise.all(stopped);
    },
    entryAppended: () => {
      idle.touched();
      tellWaiting();
      journalErrand.ask();
    },
    editAdded: () => {
      tellWaiting();
      editErrand.ask();
    },
    draftChanged: () => {
      tellWaiting();
      draftErrand.ask();
    },
    syncNow,
    fullSync: async () => {
      await memory.startOver(PULLED_COLLECTIONS);
      rounds.markBehind();
      pullErrand.hurry();
    },
    checkpoint: rounds.checkpoint,
    askStatus: () => askStatus(rounds.checkpoint),
    outbox: () => outboxState(journalErrand.state(), board.status.get().revoked),
  };
}

/** Nothing waits, nothing is missing, and the server is there. */
function isLevel({ board, memory }: EngineDeps): boolean {
  const { connection, waitingEntries, waitingEdits, waitingDrafts } = board.status.get();
  const isComplete = memory.pull().complete.length === PULLED_COLLECTIONS.length && memory.isRecovered();
  return connection === 'online' && waitingEntries + waitingEdits + waitingDrafts === 0 && isComplete;
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
