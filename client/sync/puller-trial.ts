import 'fake-indexeddb/auto';
import type { RxStorage } from 'rxdb';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { LiveChange } from '../../schema/protocol/live.ts';
import type { PullAnswer } from '../../schema/protocol/pull.ts';
import { fail, must, ok } from '../../schema/result.ts';
import { createNodeDeps } from '../device/node-device.ts';
import { type DeviceDatabase, openDatabase } from '../store/database.ts';
import type { LogInside } from '../store/log/log-collection.ts';
import { openLogFile } from '../store/log/log-file.ts';
import { createLogStorage } from '../store/log/log-storage.ts';
import { createRxShelf } from '../store/rx-shelf.ts';
import type { PulledDoc } from './pulled-doc.ts';
import { createPuller, type LivePlace, type Puller } from './puller.ts';
import { createRxReplication } from './rx-replication.ts';

export const EPOCH = { n: 1, id: '1'.repeat(16) };
export const { timers } = createNodeDeps('x', '');
const PAGE = 10;

let database: DeviceDatabase | null = null;
let puller: Puller | null = null;

/** Closes what the last trial opened. */
export async function closeTrial(): Promise<void> {
  await puller?.stop();
  await database?.close();
}

export const doc = (n: number, name = `n${n}`): PulledDoc => ({ id: `p${String(n).padStart(4, '0')}`, name });
export const position = (seq: number) => ({ seq, tag: `t${seq}`, mac: 'm' });
export const change = (seq: number, document: PulledDoc): LiveChange => ({ collection: 'products', seq, document });

/** A server with one scope, whose every document has one change; and a device over real RxDB. */
export function createTrial(
  storage: RxStorage<unknown, unknown>,
  beforeStart: (own: Puller) => void = () => undefined,
) {
  const changes: { seq: number; document: PulledDoc }[] = [];
  const asked: (number | null)[] = [];
  const sizes: number[] = [];
  const state = {
    epoch: EPOCH,
    sweep: 1,
    clamp: 1_000,
    offlineAfter: Number.POSITIVE_INFINITY,
    pages: 0,
    complete: false,
    place: null as LivePlace | null,
  };
  /** Each page takes so long. */
  const line = { pageMs: 10_000, now: 0 };
  const write = (...documents: PulledDoc[]) => {
    for (const document of documents) {
      const before = changes.findIndex((one) => one.document.id === document.id);
      if (before >= 0) changes.splice(before, 1);
      changes.push({ seq: (changes.at(-1)?.seq ?? 0) + 1, document });
    }
  };
  const last = () => changes.at(-1)?.seq ?? 0;
  const answer = (checkpoint: Checkpoint | null, limit: number): PullAnswer => {
    const from = checkpoint?.scopes['*' as never]?.seq ?? 0;
    const behind = changes.filter(({ seq }) => seq > from);
    const page = behind.slice(0, Math.min(limit, state.clamp));
    const more = page.length < behind.length;
    const reached = more ? (page.at(-1)?.seq ?? 0) : last();
    const scopes = { '*': { ...position(reached), grant: 'home' } };
    return {
      epoch: state.epoch,
      documents: page.map(({ document }) => document),
      checkpoint: { epoch: state.epoch, scopes },
      more,
    };
  };
  const fetchPage = async (checkpoint: Checkpoint | null, limit: number) => {
    state.pages += 1;
    line.now += line.pageMs;
    if (state.pages > state.offlineAfter) return fail({ kind: 'offline', text: 'cut' } as const);
    asked.push(checkpoint?.scopes['*' as never]?.seq ?? null);
    sizes.push(limit);
    return ok(answer(checkpoint, limit));
  };
  const accept = (documents: readonly PulledDoc[]) => documents.filter(({ name }) => name !== 'unreadable');
  const acceptLive = (live: readonly LiveChange[]) =>
    accept(live.flatMap((one) => ('document' in one ? [one.document] : [])));
  let opened = 0;
  const failures: number[] = [];
  const open = async () => {
    opened += 1;
    database = await openDatabase(`puller-${trials}`, storage);
    const replication = createRxReplication(database.collections.products as never, timers, PAGE);
    const ways = { isComplete: () => state.complete, clock: () => line.now, place: () => state.place };
    const deps = { replication, fetchPage, accept, acceptLive, epoch: () => EPOCH, sweep: () => state.sweep, ...ways };
    puller = createPuller({
      ...deps,
      onPage: () => undefined,
      onLastPage: () => undefined,
      onWriteFailed: () => failures.push(opened),
    });
    beforeStart(puller);
    await puller.start();
    return puller;
  };
  const reopen = async () => {
    await puller?.stop();
    await database?.close();
    return open();
  };
  const names = async () => {
    const shelf = createRxShelf(database?.collections.products as never);
    return (await shelf.find({})).map((product) => (product as { name: string }).name);
  };
  trials += 1;
  return {
    state,
    line,
    sizes,
    asked,
    write,
    open,
    reopen,
    names,
    last,
    opened: () => opened,
    failures,
    collection: () => must(database, 'the open database').collections.products,
    puller: () => puller,
  };
}
let trials = 0;
/** A log as the app has it. */
export const createLog = () => createLogStorage({ openFile: (name) => openLogFile(name, indexedDB) });

export const many = (count: number, from = 1) => Array.from({ length: count }, (_, index) => doc(from + index));

/** A disk that refuses one write of one collection, as a full disk does. */
export function createFailingStorage(real: RxStorage<unknown, unknown>) {
  let victim = '';
  const storage: RxStorage<unknown, unknown> = {
    name: real.name,
    rxdbVersion: real.rxdbVersion,
    createStorageInstance: async (params) => {
      const instance = await real.createStorageInstance(params);
      const write = instance.bulkWrite.bind(instance);
      instance.bulkWrite = (rows, context) => {
        if (params.collectionName !== victim) return write(rows, context);
        victim = '';
        return Promise.reject(new Error('QuotaExceededError'));
      };
      const { fill } = instance.internals as Partial<LogInside>;
      const refuse: LogInside['fill'] = (...page) => {
        if (params.collectionName !== victim) return (fill as LogInside['fill'])(...page);
        victim = '';
        return Promise.reject(new Error('QuotaExceededError'));
      };
      if (fill) Object.assign(instance.internals as object, { fill: refuse });
      return instance;
    },
  };
  return {
    storage,
    failNextWriteOf: (collection: string) => {
      victim = collection;
    },
  };
}
