import 'fake-indexeddb/auto';
import { registerHooks } from 'node:module';
import { addRxPlugin, deepEqual, type RxCollection, type RxStorage } from 'rxdb';
import { disableWarnings, RxDBDevModePlugin } from 'rxdb/plugins/dev-mode';
import { RxDBLocalDocumentsPlugin } from 'rxdb/plugins/local-documents';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv';
import { Subject } from 'rxjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { openLogFile } from './log/log-file.ts';
import { createLogStorage } from './log/log-storage.ts';
import { createRowStorage } from './rows/row-storage.ts';

/**
 * What RxDB ships of its tests, over each storage of ours: its suite of replications. It is written for another runner and asks for two packages that it
 * does not bring; what it needs of them stands here.
 */
const STAND_INS: Readonly<Record<string, string>> = {
  clone: 'export default structuredClone;',
  'async-test-util': `
    export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    export const randomString = (length) => Math.random().toString(36).slice(2).padEnd(length, 'x').slice(0, length);
    export const waitUntil = async (holds) => { while (!(await holds())) await wait(5); };`,
};
registerHooks({
  resolve: (specifier, context, next) => {
    const standIn = STAND_INS[specifier];
    if (standIn === undefined) return next(specifier, context);
    return { url: `data:text/javascript,${encodeURIComponent(standIn)}`, shortCircuit: true };
  },
});

interface Human {
  readonly passportId: string;
  readonly _deleted: boolean;
}
interface PushRow {
  readonly newDocumentState: Human;
  readonly assumedMasterState?: Human;
}

/** The suite's server: documents by key, each with the number of its last change. */
const held = new Map<string, { readonly document: Human; readonly n: number }>();
const stream$ = new Subject<'RESYNC'>();
let changes = 0;

function pull(checkpoint: { n: number } | undefined, batchSize: number) {
  const after = [...held.values()].filter(({ n }) => n > (checkpoint?.n ?? 0));
  const page = after.sort((left, right) => left.n - right.n).slice(0, batchSize);
  return { documents: page.map(({ document }) => document), checkpoint: { n: page.at(-1)?.n ?? checkpoint?.n ?? 0 } };
}

function push(rows: readonly PushRow[]): Human[] {
  const conflicts: Human[] = [];
  for (const { newDocumentState: document, assumedMasterState } of rows) {
    const now = held.get(document.passportId)?.document;
    changes += 1;
    if (now && !deepEqual(now, assumedMasterState)) conflicts.push(now);
    else held.set(document.passportId, { document, n: changes });
  }
  stream$.next('RESYNC');
  return conflicts;
}

function startReplication(collection: RxCollection<Human>, live = true) {
  return replicateRxCollection<Human, { n: number }>({
    collection,
    replicationIdentifier: 'suite',
    live,
    waitForLeadership: false,
    pull: { handler: async (checkpoint, batchSize) => pull(checkpoint, batchSize) as never, stream$ },
    push: { handler: async (rows) => push(rows as never) as never },
  });
}

disableWarnings();
addRxPlugin(RxDBDevModePlugin);
addRxPlugin(RxDBLocalDocumentsPlugin);
const { runReplicationBaseTestSuite, setConfig } = await import('rxdb/plugins/test-utils');

const STORAGES: readonly (readonly [rule: string, storage: RxStorage<unknown, unknown>])[] = [
  ['DISK11', createLogStorage({ openFile: (name) => openLogFile(name, indexedDB) })],
  ['DISK18', createRowStorage(indexedDB)],
];
describe.each(STORAGES)('%s', (rule, storage) => {
  const use = () =>
    setConfig({ storage: { name: storage.name, getStorage: () => wrappedValidateAjvStorage({ storage }) } as never });
  beforeAll(use);
  use();
  Object.assign(globalThis, {
    describe,
    it: (title: string, act: () => Promise<void>) => test(`[${rule}] ${storage.name}, RxDB’s own: ${title}`, act),
  });
  runSuite();
});

function runSuite(): void {
  runReplicationBaseTestSuite({
    startReplication,
    syncOnce: async (collection) => {
      const replication = startReplication(collection, false);
      replication.error$.subscribe((error) => expect(error).toBeUndefined());
      await replication.awaitInitialReplication();
    },
    getAllServerDocs: async () => [...held.values()].map(({ document }) => document),
    cleanUpServer: async () => held.clear(),
    softDeletes: true,
    isDeleted: (document: Human) => document._deleted,
    getPrimaryOfServerDoc: (document: Human) => document.passportId,
  });
}
