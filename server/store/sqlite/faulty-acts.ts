import { entryHash } from '../../../schema/chain.ts';
import type { DeviceEntry } from '../../../schema/entry/entry.ts';
import type { ProductId } from '../../../schema/ids.ts';
import { enrolAnswerShape, enrolCodeAnswerShape } from '../../../schema/protocol/enrol.ts';
import { createTestJournal } from '../../testing/test-device.ts';
import type { TestAnswer, TestRequest, TestServer } from '../../testing/test-http.ts';
import { signedRows } from '../../testing/test-push.ts';
import { makeTestKey } from '../../testing/test-shop.ts';

/** One thing that devices ask of a server, again and again the same. */
export interface Act {
  readonly name: string;
  /** The device that asks, where it is one. */
  readonly credential: string | undefined;
  /** What is over before it is asked, so that no write beside it is counted. */
  readonly before?: () => Promise<unknown>;
  readonly ask: () => Promise<TestAnswer>;
  /** What of the answer must be the same however often it was asked before. */
  readonly sense: (answer: TestAnswer) => unknown;
}

interface Answered {
  readonly verdicts?: readonly { readonly verdict: string; readonly reason?: string }[];
  readonly head?: { readonly seq: number };
}

/**
 * A day in the life of a shop, over HTTP: a code, an enrolment, a push with a gap, an unreadable row and one of somebody else, the
 * gap filled, the same again, edits of which one conflicts. Each act is built when it is its turn.
 */
export function* actsOf(server: TestServer, manager: string, coffee: ProductId): Generator<Act, void, TestAnswer> {
  const post = (name: string, path: string, request: TestRequest, sense = senseOfPush): Act => ({
    name,
    credential: request.credential,
    ask: () => server.ask(path, { method: 'POST', ...request }),
    sense,
  });
  const status = (answer: TestAnswer) => answer.status;
  const codeBody = { role: 'till', till: 'K1' };
  const coded = yield post('code', '/api/v1/enrolment-codes', { credential: manager, body: codeBody }, status);
  const { code } = enrolCodeAnswerShape.parse(coded.json);
  const key = makeTestKey();
  const enrolled = yield post('enrolment', '/enrol/v1', { body: { code, publicKey: key.publicKey } }, status);
  const till = enrolAnswerShape.parse(enrolled.json);
  const { credential } = till;
  const push = (name: string, entries: readonly unknown[]) =>
    post(name, '/sync/v1/journal/push', { credential, body: signedRows(key, entries) });
  const journal = createTestJournal(till);
  const [first, missing] = [journal.receive(coffee, 50), journal.sell(coffee, 1)];
  const poison = unreadable(journal.sell(coffee, 2));
  const last = createTestJournal(till, poison).sell(coffee, 3);
  const foreign = { ...first, id: `${'0'.repeat(16)}:0000000001`, deviceId: '0'.repeat(16) };
  yield push('push with a gap', [first, poison, last, foreign]);
  yield push('the gap filled', [missing]);
  yield push('the same again', [first, missing, poison, last]);
  yield push('a fork', [rewritten(last, { at: 1 })]);
  const edits = [editOf(1, { price: 1500 }, { price: 1000 }), editOf(2, { price: 9 }, { price: 7 })];
  yield post('edits', '/sync/v1/edits/push', { credential: manager, body: { edits } });
}

function senseOfPush({ status, json }: TestAnswer): unknown {
  const { verdicts = [], head } = json as Answered;
  return { status, verdicts: verdicts.map(({ verdict, reason }) => [verdict, reason]), head: head?.seq };
}

function rewritten(entry: DeviceEntry, change: object): DeviceEntry {
  const open = { ...entry, ...change };
  return { ...open, hash: entryHash(open) } as DeviceEntry;
}

/** A sale that says nothing a server could read, in its place of the chain. */
function unreadable(entry: DeviceEntry): DeviceEntry {
  return rewritten(entry, { body: { what: 'nothing' } });
}

function editOf(number: number, patch: object, base: object) {
  const named = { editId: `edit-${String(number).padStart(6, '0')}`, collection: 'products', docId: 'coffee' };
  return { ...named, baseRevision: { epoch: 1, n: 1 }, base, patch, person: 'budi', at: 1 };
}
