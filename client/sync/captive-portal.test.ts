import { beforeEach, expect, test } from 'vitest';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf } from '../../schema/entry/entry.ts';
import type { BranchId, DeviceId, PersonId } from '../../schema/ids.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { pullAnswerShape } from '../../schema/protocol/pull.ts';
import { fail } from '../../schema/result.ts';
import type { OwnEdit } from '../device/device.ts';
import { createEditBook } from '../store/edit-book.ts';
import { createMemoryShelf } from '../store/memory-shelf.ts';
import { createAskStatus } from './ask-status.ts';
import { compareCollection } from './compare-collection.ts';
import { sendEdits } from './edit-outbox.ts';
import { handIn } from './hand-in.ts';
import { createHttp, type Http } from './http.ts';
import { createJournalOutbox } from './journal-outbox.ts';
import { createManualTimers } from './manual-timers.ts';
import { openPollLink } from './poll-link.ts';
import { createPushDoor } from './push-door.ts';
import { askToReadmit } from './readmission.ts';

const EPOCH = { n: 1, id: '1'.repeat(16) };
const SIGNER = { sign: async () => 'A'.repeat(86) };

/** What stands between a device and its server in a hotel, or when its proxy is alone. */
const STRANGERS: [string, () => Response][] = [
  ['200 with a login page', () => new Response('<html>Welcome</html>')],
  ['200 with []', () => new Response('[]')],
  ['200 with {}', () => new Response('{}')],
  ['502 with []', () => new Response('[]', { status: 502 })],
  ['502 with a page', () => new Response('<html>Bad gateway</html>', { status: 502 })],
  ['401 with a page', () => new Response('<html>Sign in</html>', { status: 401 })],
  ['413 with a page', () => new Response('<html>Too large</html>', { status: 413 })],
  ['JSON cut off', () => new Response('{"epoch":{"n":1,"id":"1111111111111111"},"verdi')],
  ['a redirect to a login', () => new Response(null, { status: 302, headers: { location: 'http://hotel/login' } })],
];

let answer: () => Response;
let http: Http;
let faults: string[];
beforeEach(() => {
  faults = [];
  const world = { timers: createManualTimers(), fetch: async () => answer() };
  http = createHttp(world, () => ({ origin: 'http://shop', credential: 'secret', timeoutMs: 1_000 }));
});
const board = { count: () => undefined };
const standing = { notEnrolled: () => undefined, revoked: () => undefined };
const onFault = ({ kind }: { readonly kind: string }) => faults.push(kind);

function entryOf(deviceId: DeviceId) {
  const body = { reason: 'x', lines: [{ productId: 'p', delta: 1 }] } as unknown as BodyOf<'adjust'>;
  const draft = {
    deviceId,
    branch: 'utama' as BranchId,
    person: 'x' as PersonId,
    at: 1,
    kind: 'adjust',
    body,
  } as const;
  return sealEntry(draft, EMPTY_HEAD);
}

/** Each way to the server, and what it holds for true afterwards; nothing, if all is well. */
const PATHS: Record<string, () => Promise<unknown>> = {
  push: async () => {
    const entry = entryOf('d'.repeat(16) as DeviceId);
    const kept: unknown[] = [];
    const index = { after: () => [entry], next: () => entry, row: () => entry, wholeFrom: () => 1 } as never;
    const outbox = createJournalOutbox({
      journal: { index, read: async () => [entry] },
      signer: SIGNER,
      certificate: 'c',
      post: createPushDoor({ http, livePush: { post: () => null }, board, standing }),
      findings: { report: async (kind) => void kept.push(kind) },
      held: () => ({ epoch: EPOCH, head: EMPTY_HEAD }),
      keep: async (next) => void kept.push(next),
      rowsMax: () => 200,
      askHead: async () => fail({ kind: 'offline', text: 'not asked' }),
      onQuarantined: () => kept.push('quarantined'),
      onSent: () => kept.push('sent'),
      onFault,
    });
    expect(await outbox.run()).toMatchObject({ done: false });
    return kept;
  },
  edits: async () => {
    const book = createEditBook(createMemoryShelf<OwnEdit>('editId'), () => undefined);
    const edit = { editId: 'edit-0001', collection: 'products', docId: 'p', baseRevision: null, base: {} };
    await book.add({ ...edit, patch: { price: 1 }, person: 'x', at: 1 } as never);
    const nothing = () => undefined;
    const common = { book, http, rowsMax: () => 9, epoch: () => EPOCH, onSettled: nothing, onFault };
    const seen = () => ({ epoch: EPOCH, scopes: {} }) as Checkpoint;
    expect(await sendEdits({ ...common, seen, onEpoch: async () => undefined })).toMatchObject({ done: false });
    return book.edits.get().flatMap(({ verdict }) => verdict ?? []);
  },
  'hand-in': async () => {
    const deviceId = 'a'.repeat(16) as DeviceId;
    const entry = entryOf(deviceId);
    const held: unknown[] = [];
    const row = { ...entry, receivedAt: 1, verdict: 'accepted', flags: [], signature: 's', entry: { ...entry } };
    const ended = await handIn(
      {
        http,
        random: { number: () => 0 },
        epoch: () => EPOCH,
        others: () => [{ deviceId, certificate: 'c' }],
        read: async (_device, above) => (above === 0 ? [row as never] : []),
        mayGoOn: () => true,
        rowsMax: () => 200,
        findings: { report: async (kind) => void held.push(kind) },
        onHandedIn: (rows) => held.push(rows),
        onMoved: async (forked) => void held.push(forked),
        onFault,
      },
      {},
    );
    expect(ended).toMatchObject({ done: false });
    return held;
  },
  pull: async () => asNothing(await http.request('GET', '/sync/v1/stock/pull', undefined, pullAnswerShape)),
  status: async () => asNothing(await createAskStatus(http, () => null)(() => null)),
  digest: async () =>
    asNothing(
      await compareCollection(http, 'stock', { checkpoint: { epoch: EPOCH, scopes: {} } as Checkpoint, rows: [] }),
    ),
  readmission: async () => {
    const held: string[] = [];
    const device = { deviceId: 'd'.repeat(16) } as never;
    const enrolment = { device, certificate: 'c', credential: 'c'.repeat(43) };
    const onRevoked = async () => void held.push('revoked');
    const onReadmitted = async () => void held.push('readmitted');
    const tried = await askToReadmit({ http, signer: SIGNER, enrolment, onReadmitted, onRevoked, onFault });
    expect(tried).toMatchObject({ done: false });
    return held;
  },
  'the question whether the server is there': () =>
    new Promise((resolve) => {
      const onAnswer = () => resolve(['hello']);
      const listener = { hello: () => resolve(['hello']), lost: () => resolve(['lost']), strange: () => resolve([]) };
      openPollLink(http, { onAnswer, onTrouble: () => onFault({ kind: 'not-the-server' }) }, listener);
    }),
};

function asNothing(result: { readonly ok: boolean; readonly error?: { readonly kind: string } }): unknown[] {
  if (!result.ok && result.error) onFault(result.error);
  return result.ok ? ['believed'] : [];
}

for (const [path, ask] of Object.entries(PATHS)) {
  test.each(STRANGERS)(`[F4] [SYNC4] [I3] ${path}: %s is no word of the server`, async (_what, stranger) => {
    answer = stranger;
    expect(await ask()).toEqual([]);
    expect(faults).toEqual(['not-the-server']);
  });
}
